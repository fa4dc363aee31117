import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY_MS, SECOND_MS, sleep, utf8Bytes, type Clock } from '@matinee/base'
import type { WebHandler } from '@matinee/testkit'
import { MadePublisher, freeWorks } from '../../../test/made-publisher.ts'
import { MirrorStage, pathOf, serve } from '../../../test/mirror-stage.ts'

function madePublisher(): MadePublisher {
  return new MadePublisher().put(...freeWorks(3)).publish()
}

async function* drip(clock: Clock, everyMs: number, bytes = 1): AsyncGenerator<Uint8Array> {
  for (;;) {
    await sleep(clock, everyMs)
    yield new Uint8Array(bytes).fill(0x20)
  }
}

async function* flood(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(16_384).fill(0x20)
}

test('C5: what drips, never ends, never answers or is a bomb of depth is given up within 30 s, and is named', async () => {
  const publisher = madePublisher()
  const deep = utf8Bytes('['.repeat(10_000))
  const table: readonly (readonly [string, string, (stage: MirrorStage) => WebHandler])[] = [
    [
      'a byte a second',
      'too-slow',
      ({ clock }) =>
        () => ({ body: drip(clock, SECOND_MS) }),
    ],
    [
      'half a rate',
      'too-slow',
      ({ clock }) =>
        () => ({ body: drip(clock, 2) }),
    ],
    [
      'just enough',
      'too-slow',
      ({ clock }) =>
        () => ({ body: drip(clock, SECOND_MS, 1600) }),
    ],
    ['no end', 'too-large', () => () => ({ body: flood() })],
    ['no answer', 'too-slow', () => () => ({ delayMs: DAY_MS })],
    ['depth', 'too-deep', () => () => ({ body: deep })],
    ['status', 'status', () => () => ({ status: 500 })],
  ]
  for (const [name, why, handler] of table) {
    using stage = new MirrorStage(publisher)
    assert.equal(await stage.feed.begin(publisher.root), null)
    const entry = stage.mirror(handler(stage))
    const tookMs = await stage.refresh()
    assert.ok(tookMs <= 30 * SECOND_MS, `${name}: ${tookMs} ms`)
    assert.equal(entry().why, why, name)
    assert.notEqual(entry().state, 'ok')
    assert.equal(stage.shown, 0)
    assert.equal(stage.feed.standing.kind, why === 'too-deep' ? 'refused' : 'waiting')
  }
})

test('C5: a pack that drips comes from another mirror, and the one that drips is asked last', async () => {
  const publisher = madePublisher()
  using stage = new MirrorStage(publisher)
  await stage.feed.begin(publisher.root)
  const good = serve(() => publisher.files)
  const slow = stage.mirror((request) =>
    pathOf(request.url).endsWith('.gz') ? { body: drip(stage.clock, SECOND_MS) } : good(request),
  )
  // It answers later, so that the one that drips wins the check.
  stage.mirror(async (request) => ({ ...(await good(request)), delayMs: 2 * SECOND_MS }))
  await stage.refresh()
  assert.equal(stage.works.length, 3)
  assert.ok(stage.shownMs <= 15 * SECOND_MS, `${stage.shownMs} ms`)
  assert.equal(slow().why, 'too-slow')
})

test('C12: with two hostile mirrors of three the good one’s version is shown within 10 s, and both are named', async () => {
  const publisher = madePublisher()
  const old = new Map(publisher.files)
  const fork = new MadePublisher('Fork', 'another key').put(...freeWorks(2)).publish()
  const table: readonly (readonly [string, string, (stage: MirrorStage) => WebHandler])[] = [
    ['an older version', 'rollback', () => serve(() => old)],
    ['another feed', 'fingerprint', () => serve(() => fork.files)],
    [
      'a byte a second',
      'too-slow',
      ({ clock }) =>
        () => ({ body: drip(clock, SECOND_MS) }),
    ],
    ['no end', 'too-large', () => () => ({ body: flood() })],
    ['no JSON', 'not-json', () => () => ({ body: 'hello' })],
    ['nothing', 'missing', () => () => ({ status: 404 })],
    ['changed packs', 'file-hash', () => serve(() => changed(publisher, '.gz'))],
    ['a changed snapshot', 'file-hash', () => serve(() => changed(publisher, '.snapshot.json'))],
  ]
  publisher.publish()
  const known = new Map(publisher.files)
  publisher.works.delete('made-0')
  publisher.publish()
  for (const [name, why, handler] of table) {
    using stage = new MirrorStage(publisher)
    await stage.feed.begin(publisher.root)
    let now: ReadonlyMap<string, Uint8Array> = known
    const first = stage.mirror(handler(stage))
    const second = stage.mirror(handler(stage))
    const good = stage.mirror(serve(() => now))
    await stage.refresh()
    now = publisher.files
    const startMs = stage.clock.nowMs()
    await stage.refresh()
    assert.equal(stage.works.length, 2, name)
    assert.ok(stage.shownMs - startMs <= 10 * SECOND_MS, `${name}: ${stage.shownMs - startMs} ms`)
    assert.equal(good().state, 'ok', name)
    for (const entry of [first(), second()])
      // A mirror whose packs nobody asked for has given nothing wrong.
      if (name !== 'changed packs') assert.equal(entry.why, why, name)
  }
})

test('C12: a bad mirror is asked only when no other gives anything that holds, and again after a day', async () => {
  const publisher = madePublisher()
  using stage = new MirrorStage(publisher)
  await stage.feed.begin(publisher.root)
  let asked = 0
  let isHonest = false
  const good = serve(() => publisher.files)
  const bad = stage.mirror((request) => {
    asked++
    return isHonest ? good(request) : { body: 'hello' }
  })
  let isUp = true
  stage.mirror((request) => (isUp ? good(request) : { status: 503 }))
  await stage.refresh()
  assert.equal(bad().state, 'demoted')
  const before = asked
  await stage.refresh()
  assert.equal(asked, before, 'it is left alone')
  isUp = false
  isHonest = true
  await stage.refresh()
  assert.equal(bad().state, 'ok', 'the last one that is left is asked all the same')
  isHonest = false
  isUp = true
  await stage.refresh()
  assert.equal(bad().state, 'demoted')
  stage.clock.suspend(DAY_MS)
  const later = asked
  await stage.refresh()
  assert.ok(asked > later, 'a day later it may be another one')
})

test('C3: a feed whose mirrors are silent or frozen is said to be of so many days ago, and nothing older replaces it', async () => {
  const publisher = new MadePublisher().put(...freeWorks(3))
  publisher.expires = { timestamp: '2026-02-01T00:00:00Z', others: '2027-01-01T00:00:00Z' }
  publisher.publish()
  const old = new Map(publisher.files)
  publisher.works.delete('made-0')
  publisher.publish()
  let files: ReadonlyMap<string, Uint8Array> | null = publisher.files
  using stage = new MirrorStage(publisher)
  await stage.feed.begin(publisher.root)
  const entry = stage.mirror((request) =>
    files === null ? { status: 503 } : serve(() => files ?? new Map())(request),
  )
  await stage.refresh()
  assert.equal(stage.feed.standing.kind, 'fresh')
  const { confirmedMs } = stage.feed
  files = null
  stage.clock.suspend(90 * DAY_MS)
  await stage.refresh()
  assert.deepEqual(stage.feed.standing, { kind: 'expired', days: 90 })
  assert.equal(stage.works.length, 2, 'its works are shown and play')
  assert.equal(entry().state, 'failed')
  files = publisher.files
  await stage.refresh()
  assert.deepEqual(stage.feed.standing, { kind: 'expired', days: 90 }, 'the same files for ever')
  assert.equal(stage.feed.confirmedMs, confirmedMs)
  files = old
  await stage.refresh()
  assert.equal(entry().why, 'rollback')
  assert.equal(stage.works.length, 2)
  assert.deepEqual(stage.feed.standing, { kind: 'expired', days: 90 })
  publisher.expires = { ...publisher.expires, timestamp: '2026-06-01T00:00:00Z' }
  files = publisher.publish().files
  await stage.refresh()
  assert.equal(stage.feed.standing.kind, 'fresh', 'and a new signature is believed at once')
})

test('of two versions that come at once the newer one ends on top, whichever was quicker', async () => {
  const publisher = madePublisher()
  const old = new Map(publisher.files)
  publisher.works.delete('made-0')
  publisher.publish()
  for (const slow of [0, 1]) {
    using stage = new MirrorStage(publisher)
    await stage.feed.begin(publisher.root)
    for (const at of [0, 1]) {
      const files = serve(() => (at === 0 ? old : publisher.files))
      stage.mirror(async (request) => ({
        ...(await files(request)),
        delayMs: at === slow ? 3 * SECOND_MS : 0,
      }))
    }
    await stage.refresh()
    assert.equal(stage.works.length, 2)
    assert.equal(stage.feed.ledger.version, 2)
  }
})

test('A26: keys are rotated, and everything that led there is in the copy', async () => {
  const publisher = madePublisher()
  using stage = new MirrorStage(publisher)
  await stage.feed.begin(publisher.root)
  stage.mirror(serve(() => publisher.files))
  await stage.refresh()
  publisher.rotate('second').rotate('third').publish()
  await stage.refresh()
  assert.equal(stage.feed.ledger.feed?.root.version, 3)
  for (const version of [1, 2, 3]) {
    const path = `metadata/${version}.root.json`
    assert.deepEqual(stage.copy.files.get(path), publisher.files.get(path))
  }
  for (const [path, bytes] of publisher.torrentFiles())
    assert.deepEqual(stage.copy.files.get(path), bytes, path)
})

function changed(publisher: MadePublisher, ending: string): Map<string, Uint8Array> {
  return new Map(
    [...publisher.files].map(([path, bytes]) => {
      if (!path.endsWith(ending)) return [path, bytes]
      const other = bytes.slice()
      other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1
      return [path, other]
    }),
  )
}
