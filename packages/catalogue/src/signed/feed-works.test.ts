import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type VerifiedFeed, makeEnvelope, makerChange, readPack } from '@matinee/catalogue'
import { madeWorks } from '@matinee/testkit'
import { Follower } from '../../test/signed/follower.ts'
import { madeKey } from '../../test/signed/made-key.ts'
import { packCases } from '../../test/signed/small-fixtures.ts'
import { MadePacks, recordBytes } from '../../test/signed/made-packs.ts'
import { MadePublisher } from '../../test/signed/made-publisher.ts'
import { NEW_YEAR } from '../../test/signed/refresh-case.ts'
import { NO_WORKS, type ToldWorks, readAllWorks } from '../../test/signed/works-reader.ts'

/** Works that are all as free as the first. */
const WORKS = [...madeWorks({ seed: 6, count: 40 })].map((made, _, [first]) => ({
  ...made,
  rights: first?.['rights'],
}))

/** A publisher with works, and a reader who follows. */
function start(): {
  readonly publisher: MadePublisher
  readonly packs: MadePacks
  readonly follow: () => VerifiedFeed
} {
  const publisher = new MadePublisher()
  const follower = new Follower(publisher.files.get('metadata/1.root.json') ?? new Uint8Array())
  const follow = (): VerifiedFeed => {
    const refresh = follower.ask({ now: NEW_YEAR, files: publisher.files })?.value
    assert.ok(refresh !== undefined && refresh.kind !== 'refused', JSON.stringify(refresh))
    return refresh.feed
  }
  return { publisher, packs: new MadePacks('targets').putAll(WORKS), follow }
}

function known(told: ToldWorks) {
  assert.ok(told.reading.kind === 'read', JSON.stringify(told.reading))
  return told.reading.known
}

function codeOf({ reading }: ToldWorks): string {
  return reading.kind === 'refused' ? reading.refusal.code : reading.way
}

test('a new reader takes shards, later ones deltas, and both know the same', () => {
  const { publisher, packs, follow } = start()
  packs.pack(publisher)
  publisher.update()
  const first = readAllWorks(follow(), NO_WORKS, publisher.files)
  assert.equal(codeOf(first), 'shards')
  assert.equal(first.changed.size, WORKS.length)
  for (const read of first.changed.values()) assert.equal(read.kind, 'work')

  const [changed] = madeWorks({ seed: 7, count: 1 })
  assert.ok(changed !== undefined)
  packs.put('made-0', recordBytes(changed)).remove('made-1').pack(publisher)
  publisher.update()
  packs.remove('made-2').pack(publisher)
  publisher.update()
  const feed = follow()
  const later = readAllWorks(feed, known(first), publisher.files)
  assert.equal(codeOf(later), 'deltas')
  assert.deepEqual([...later.changed.keys()], ['made-0'])
  assert.deepEqual(later.removed, ['made-1', 'made-2'])
  assert.deepEqual(known(later), known(readAllWorks(feed, NO_WORKS, publisher.files)))
  assert.equal(codeOf(readAllWorks(feed, known(later), publisher.files)), 'same')
})

test('a reader thirty deltas behind takes deltas, one more takes shards and hears only what differs', () => {
  const { publisher, packs, follow } = start()
  packs.pack(publisher)
  publisher.update()
  const first = known(readAllWorks(follow(), NO_WORKS, publisher.files))
  for (let count = 0; count < 30; count++) packs.remove(`made-${count}`).pack(publisher)
  publisher.update()
  assert.equal(codeOf(readAllWorks(follow(), first, publisher.files)), 'deltas')
  packs.remove('made-30').pack(publisher)
  publisher.update()
  const told = readAllWorks(follow(), first, publisher.files)
  assert.equal(codeOf(told), 'shards')
  assert.equal(told.changed.size, 0)
  assert.equal(told.removed.length, 31)
})

test('an update of a hundred works moves less than 200 kB, however many there are', () => {
  const { publisher, packs, follow } = start()
  packs.putAll(madeWorks({ seed: 1, count: 300 })).pack(publisher, { shards: 64 })
  publisher.update()
  const first = readAllWorks(follow(), NO_WORKS, publisher.files)
  packs.putAll([...madeWorks({ seed: 2, count: 100 })]).pack(publisher, { shards: 64 })
  const before = new Set(publisher.files.keys())
  publisher.update()
  const told = readAllWorks(follow(), known(first), publisher.files)
  assert.equal(told.changed.size, 100)
  const metadata = [...publisher.files].filter(
    ([path]) => !before.has(path) || path.includes('timestamp'),
  )
  const metadataBytes = metadata.reduce((sum, [, bytes]) => sum + bytes.length, 0)
  assert.ok(metadata.length >= 3)
  assert.ok(told.bytes + metadataBytes < 200_000, `${told.bytes} + ${metadataBytes}`)
})

test('C1: a donation address that a mirror changes is never read', () => {
  const { publisher, packs, follow } = start()
  packs.pack(publisher, { shards: 1 })
  publisher.update()
  const feed = follow()
  for (const [path, bytes] of publisher.files)
    if (path.includes('shard'))
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = bytes.with(at, (bytes[at] ?? 0) ^ 1)
        const told = readAllWorks(feed, NO_WORKS, new Map(publisher.files).set(path, changed))
        assert.equal(codeOf(told), 'file-hash')
        assert.equal(told.changed.size, 0)
      }
})

test('C4: packs that do not add up to what was signed are refused, whichever way they come', () => {
  const { publisher, packs, follow } = start()
  packs.pack(publisher)
  publisher.update()
  const first = known(readAllWorks(follow(), NO_WORKS, publisher.files))
  packs.remove('made-3').pack(publisher, { summary: { state: '0'.repeat(64) } })
  publisher.update()
  const feed = follow()
  assert.equal(codeOf(readAllWorks(feed, first, publisher.files)), 'state')
  assert.equal(codeOf(readAllWorks(feed, NO_WORKS, publisher.files)), 'state')
})

test('C5: a pack that unpacks to more than was signed for is not unpacked', () => {
  const { publisher, packs, follow } = start()
  packs.pack(publisher, { bytes: 100 })
  publisher.update()
  assert.equal(codeOf(readAllWorks(follow(), NO_WORKS, publisher.files)), 'compression')
  packs.pack(publisher, { bytes: 2 ** 40, deltas: 'none' })
  publisher.update()
  assert.equal(codeOf(readAllWorks(follow(), NO_WORKS, publisher.files)), 'too-large')
})

test('C5: a bomb takes no more memory than was signed for', () => {
  const { publisher, packs, follow } = start()
  const bomb = new Uint8Array(gzipSync(new Uint8Array(60_000_000)))
  packs.pack(publisher, { shards: 1 })
  publisher.add('targets', 'packs/targets/shard-0.gz', bomb, { bytes: 5000 }).update()
  assert.equal(codeOf(readAllWorks(follow(), NO_WORKS, publisher.files)), 'compression')
})

for (const { name, row, step, text, code } of packCases().filter(({ code }) => code !== null))
  test(`${row}: step ${step} refuses ${name}: ${code}`, () => {
    const { publisher, packs, follow } = start()
    packs.pack(publisher, { shards: 1 })
    const bytes = new Uint8Array(gzipSync(text))
    publisher.add('targets', 'packs/targets/shard-0.gz', bytes, { bytes: text.length }).update()
    assert.equal(codeOf(readAllWorks(follow(), NO_WORKS, publisher.files)), code)
  })

for (const { name, step, text, ids } of packCases().filter(({ code }) => code === null))
  test(`step ${step} reads ${name}`, () => {
    const pack = readPack(new TextEncoder().encode(text), 'pack')
    const works = [...pack.works()].map(({ id }) => String(id))
    assert.deepEqual(works, ids)
  })

test('C11: a record that is wrong is left out and named; the others are read', () => {
  const { publisher, packs, follow } = start()
  const [first] = WORKS
  assert.ok(first !== undefined)
  packs
    .put('made-1', new TextEncoder().encode('{"type":'))
    .put('made-2', recordBytes(first))
    .put('made-3', recordBytes({ ...first, id: 'made-3', rights: [] }))
    .put('made-4', new TextEncoder().encode('{"minVersion":9,"type":"matinee-record","version":9}'))
    .pack(publisher)
  publisher.update()
  const { changed } = readAllWorks(follow(), NO_WORKS, publisher.files)
  const said = ['made-1', 'made-2', 'made-3', 'made-4'].map((id) => {
    const read = changed.get(id)
    return read?.kind === 'wrong' ? read.refusal.code : read?.kind
  })
  assert.deepEqual(said, ['not-json', 'id', 'not-offerable', 'newer'])
  assert.equal([...changed.values()].filter(({ kind }) => kind === 'work').length, WORKS.length - 4)
})

test('C13: a curator admits works of their name space only, and none that is behind a terminating one', () => {
  const { publisher, packs, follow } = start()
  packs.pack(publisher)
  publisher.delegate('first', 40, ['works/made-1?', 'packs/first/*'], true)
  publisher.delegate('second', 41, ['works/made-*', 'packs/second/*'])
  const [one] = WORKS
  assert.ok(one !== undefined)
  for (const name of ['first', 'second']) {
    const own = new MadePacks(name)
    for (const id of ['made-10', 'made-20', 'other-1']) own.put(id, recordBytes({ ...one, id }))
    own.pack(publisher, { shards: 1 })
  }
  publisher.update('targets', 'first', 'second')
  const feed = follow()
  const saidBy = (name: string) =>
    [...readAllWorks(feed, NO_WORKS, publisher.files, name).changed].map(([id, read]) => [
      id,
      read.kind === 'wrong' ? read.refusal.code : read.kind,
    ])
  assert.deepEqual(saidBy('first'), [
    ['made-10', 'work'],
    ['made-20', 'name-space'],
    ['other-1', 'name-space'],
  ])
  assert.deepEqual(saidBy('second'), [
    ['made-10', 'name-space'],
    ['made-20', 'work'],
    ['other-1', 'name-space'],
  ])
})

test('C13: a maker signs for their record; another key, or a changed payload, is refused, and a change of keys is told', () => {
  const { publisher, packs, follow } = start()
  const [one] = WORKS
  assert.ok(one !== undefined)
  const record = recordBytes(one)
  const envelope = makeEnvelope(record, 'matinee-record', [madeKey(50)])
  const text = new TextDecoder().decode(envelope)
  const other = recordBytes({ ...one, id: 'made-1' })
  const forged = new TextEncoder().encode(text.replace(record.toBase64(), other.toBase64()))
  packs.put(one.id, envelope).put('made-1', forged).pack(publisher)
  publisher.update()
  const first = readAllWorks(follow(), NO_WORKS, publisher.files)
  const before = first.changed.get(one.id)
  assert.ok(before?.kind === 'work')
  assert.deepEqual(before.work.makers, [madeKey(50).publicKey.toHex()])
  assert.deepEqual(before.work.bytes, record)
  const wrong = first.changed.get('made-1')
  assert.equal(wrong?.kind === 'wrong' && wrong.refusal.code, 'maker-signature')

  packs.put(one.id, makeEnvelope(record, 'matinee-record', [madeKey(51)])).pack(publisher)
  publisher.update()
  const now = readAllWorks(follow(), known(first), publisher.files).changed.get(one.id)
  assert.ok(now?.kind === 'work')
  assert.deepEqual(makerChange(before.work, now.work), { signers: 'others', channels: 'same' })
})
