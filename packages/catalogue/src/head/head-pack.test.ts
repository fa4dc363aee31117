import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { HEAD_PACK_BYTES, encodeHeadPack, readHeadPack, type HeadPack } from '@matinee/catalogue'
import { BencodeDictionary, type BencodeValue, encodeBencode } from '@matinee/protocol'

const HASHES = new Uint8Array(64).fill(3)
const PACK: HeadPack = {
  torrent: new Uint8Array([1, 2, 3]),
  leaves: [{ path: 'film.mp4', first: 2, hashes: HASHES }],
  points: [
    {
      path: 'film.mp4',
      times: [
        { ms: 0, offset: 48 },
        { ms: 2000, offset: 900 },
      ],
    },
  ],
}

test('a head pack reads back as it was written', () => {
  assert.deepEqual(readHeadPack(encodeHeadPack(PACK)), PACK)
  const bare = { torrent: new Uint8Array(), leaves: [], points: [] }
  assert.deepEqual(readHeadPack(encodeHeadPack(bare)), bare)
})

test('any moments and places that ascend survive the way through bytes', () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 2 ** 40 })),
    {
      maxLength: 50,
    },
  )
  fc.assert(
    fc.property(steps, (each) => {
      let [ms, offset] = [0, 0]
      const times = each.map(([later, further]) => {
        ms += later
        offset += further
        return { ms, offset }
      })
      const pack = { ...PACK, points: [{ path: 'a/b', times }] }
      assert.deepEqual(readHeadPack(encodeHeadPack(pack)), pack)
    }),
  )
})

test('C5: a head pack above its cap, or laid out as none, is none', () => {
  const table: readonly (readonly [string, Uint8Array])[] = [
    ['a byte too long', encodeHeadPack({ ...PACK, torrent: new Uint8Array(HEAD_PACK_BYTES) })],
    ['no bencode', new Uint8Array([0x64])],
    ['a list', encodeBencode([])],
    ['no torrent', written({ leaves: [], points: [] })],
    ['half a hash', encodeHeadPack({ ...PACK, leaves: [leaves({ hashes: HASHES.subarray(1) })] })],
    ['no hash', encodeHeadPack({ ...PACK, leaves: [leaves({ hashes: new Uint8Array() })] })],
    ['a block before the file', encodeHeadPack({ ...PACK, leaves: [leaves({ first: -1 })] })],
    ['a moment without its byte', withTimes([0])],
    ['a byte before the file', withTimes([0, -1])],
    ['moments that go back', withTimes([2000, 900, 1000, 1000])],
    ['a byte twice', withTimes([0, 900, 1000, 900])],
    ['a moment that is text', withTimes([new Uint8Array([48]), 900])],
  ]
  for (const [name, bytes] of table) assert.ok(readHeadPack(bytes) === null, name)
})

function leaves(fields: Partial<HeadPack['leaves'][number]>): HeadPack['leaves'][number] {
  return { path: 'film.mp4', first: 0, hashes: HASHES, ...fields }
}

function withTimes(times: readonly BencodeValue[]): Uint8Array {
  const path = new Uint8Array([97])
  return written({
    torrent: new Uint8Array(),
    leaves: [],
    points: [BencodeDictionary.from({ path, times })],
  })
}

function written(fields: Readonly<Record<string, BencodeValue>>): Uint8Array {
  return encodeBencode(BencodeDictionary.from(fields))
}
