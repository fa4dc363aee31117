import assert from 'node:assert/strict'
import { HEAD_PACK_BYTES, encodeHeadPack, readHeadPack } from '@matinee/catalogue'
import type { Fuzzer } from './fuzzer.ts'
import { mutateBytes } from './mutation.ts'

const GRAMMAR = [
  'd',
  'l',
  'e',
  'i0e',
  'i-1e',
  '4:path',
  '6:leaves',
  '6:points',
  '5:times',
  '32:',
  '0:',
]

const SEED = encodeHeadPack({
  torrent: new Uint8Array([1, 2, 3]),
  leaves: [{ path: 'film.mp4', first: 0, hashes: new Uint8Array(64) }],
  points: [
    {
      path: 'film.mp4',
      times: [
        { ms: 0, offset: 40 },
        { ms: 2000, offset: 900 },
      ],
    },
  ],
})

/** Whatever the bytes, a head pack is none or one that is written the same again. */
export const headFuzzer: Fuzzer = {
  name: 'head pack',
  run(random) {
    const bytes = mutateBytes(random, SEED, GRAMMAR)
    const pack = readHeadPack(bytes)
    if (pack === null) return
    assert.ok(bytes.length <= HEAD_PACK_BYTES)
    assert.deepEqual(readHeadPack(encodeHeadPack(pack)), pack)
    for (const { hashes } of pack.leaves) assert.equal(hashes.length % 32, 0)
  },
}
