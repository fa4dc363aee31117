import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, spanLength, type ByteSpan } from '@matinee/base'
import type { Torrent } from '../src/index.ts'
import { Stage, onStage } from './stage.ts'
import { webStand, withWebSeeds } from './web-seed-stage.ts'

const FILM = { files: 64 * MIB, pieceLength: 256 * KIB, repeatsEachPiece: true } as const
const INDEX = { start: 63 * MIB, end: 64 * MIB - 1000 }
const RESUME = { start: 30 * MIB + 5000, end: 32 * MIB }
const LINE = { latencyMs: 25, rateBytesPerSecond: 2_000_000 }

function isHere(torrent: Torrent, span: ByteSpan): boolean {
  return torrent.verifiedIn(0, span) === spanLength(span)
}

async function threeSeeds(stage: Stage): Promise<void> {
  for (let count = 0; count < 3; count++) await stage.seed({}, { line: LINE })
}

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(
    `opened two seconds after warm, a ${kind} film gives its first bytes within 50 ms`,
    onStage({ ...FILM, kind }, async (stage) => {
      await threeSeeds(stage)
      const torrent = stage.add()
      const { signal } = new AbortController()
      const warming = torrent.warm(0, [INDEX, RESUME], { budgetBytes: 8 * MIB, signal })
      await stage.clock.advance(2000)
      const startMs = stage.clock.nowMs()
      const reader = await stage.run(torrent.openFile(0, { start: RESUME.start, end: 64 * MIB }))
      const first = await stage.run(reader[Symbol.asyncIterator]().next())
      assert.ok(first.done === false && first.value.length > 0)
      assert.ok(stage.clock.nowMs() - startMs <= 50, `${stage.clock.nowMs() - startMs} ms`)
      await stage.run(reader[Symbol.asyncDispose]())
      await stage.run(warming)
      assert.ok(isHere(torrent, INDEX) && isHere(torrent, RESUME))
    }),
  )

  test(
    `warm fetches a ${kind} film's spans and nothing beside them, then stops`,
    onStage({ ...FILM, kind }, async (stage) => {
      await threeSeeds(stage)
      const torrent = stage.add()
      const { signal } = new AbortController()
      const budgetBytes = 4 * MIB
      await stage.run(torrent.warm(0, [INDEX, RESUME], { budgetBytes, signal }))
      const { downloaded, wasted, verified } = torrent.status().bytes
      assert.ok(isHere(torrent, INDEX) && isHere(torrent, RESUME))
      assert.ok(verified <= budgetBytes, `${verified} verified`)
      assert.ok(downloaded + wasted <= 1.03 * budgetBytes, `${downloaded} and ${wasted}`)
      await stage.clock.advance(10_000)
      assert.equal(torrent.status().bytes.downloaded, downloaded)
      assert.equal(torrent.status().peers.connected, 3, 'and the connections stay')
    }),
  )

  test(
    `what is over the budget of a ${kind} film is left out from its end`,
    onStage({ ...FILM, kind }, async (stage) => {
      await threeSeeds(stage)
      const torrent = stage.add()
      const { signal } = new AbortController()
      const budgetBytes = 1.5 * MIB
      await stage.run(torrent.warm(0, [INDEX, RESUME], { budgetBytes, signal }))
      assert.ok(isHere(torrent, INDEX))
      const some = torrent.verifiedIn(0, RESUME)
      assert.ok(some > 0 && some < spanLength(RESUME))
      assert.ok(torrent.status().bytes.verified <= budgetBytes)
    }),
  )
}

test(
  'a signal ends warm in the same tick: what was asked for is canceled, and nothing more is asked',
  onStage({ ...FILM, kind: 'v2' }, async (stage) => {
    await threeSeeds(stage)
    const torrent = stage.add()
    const page = new AbortController()
    const spans = [{ start: 0, end: 32 * MIB }]
    const warming = torrent.warm(0, spans, { budgetBytes: 32 * MIB, signal: page.signal })
    const ended = assert.rejects(warming, { name: 'AbortError' })
    await stage.clock.advance(2000)
    page.abort()
    const before = torrent.status().bytes.downloaded
    assert.ok(before > MIB)
    await stage.run(ended)
    await stage.clock.advance(10_000)
    // What was on the way comes all the same: a round trip of three lines.
    const after = torrent.status().bytes
    assert.ok(after.downloaded - before < 800_000, `${after.downloaded - before} bytes more`)
  }),
)

test(
  'warm before the metadata is here waits for it, and ends with the signal',
  onStage({ ...FILM, kind: 'v2' }, async (stage) => {
    const torrent = stage.addMagnet()
    const page = new AbortController()
    const warming = torrent.warm(0, [INDEX], { budgetBytes: MIB, signal: page.signal })
    const ended = assert.rejects(warming, { name: 'AbortError' })
    await stage.clock.advance(1000)
    page.abort()
    await stage.run(ended)
  }),
)

/** How long four mebibytes take to be read, and how much of something to be got ready came meanwhile. */
async function watchFor(stage: Stage, isWarming: boolean): Promise<{ ms: number; warmed: number }> {
  await stage.seed({}, { line: { latencyMs: 25, rateBytesPerSecond: 1_000_000 } })
  const torrent = stage.add()
  const { signal } = new AbortController()
  const startMs = stage.clock.nowMs()
  const watching = stage.reading(torrent, 0, { start: 0, end: 4 * MIB })
  await stage.clock.advance(500)
  const warming = isWarming
    ? torrent.warm(0, [RESUME], { budgetBytes: 4 * MIB, signal })
    : Promise.resolve()
  await stage.run(watching)
  const ms = stage.clock.nowMs() - startMs
  const warmed = torrent.verifiedIn(0, RESUME)
  await stage.run(warming)
  return { ms, warmed }
}

test(
  'whoever watches comes before what is only got ready',
  onStage({ ...FILM, kind: 'v2' }, async (stage) => {
    const other = await Stage.open({ ...FILM, kind: 'v2' })
    const alone = await watchFor(other, false)
    await other.end()
    const beside = await watchFor(stage, true)
    assert.ok(beside.ms < 1.08 * alone.ms, `${beside.ms} ms, alone ${alone.ms}`)
    assert.ok(beside.warmed < 300 * KIB, `${beside.warmed} bytes got ready meanwhile`)
  }),
)

test(
  'a web seed alone gets a film ready too',
  onStage({ ...FILM, kind: 'hybrid' }, async (stage) => {
    const stand = webStand(stage, { line: LINE })
    const torrent = stage.add(withWebSeeds([stand]))
    const { signal } = new AbortController()
    await stage.run(torrent.warm(0, [INDEX, RESUME], { budgetBytes: 4 * MIB, signal }))
    assert.ok(isHere(torrent, INDEX) && isHere(torrent, RESUME))
    assert.ok(torrent.status().bytes.downloaded <= 4 * MIB)
  }),
)

test(
  'a span outside the file is refused',
  onStage({ ...FILM, kind: 'v2' }, async (stage) => {
    const torrent = stage.add()
    const { signal } = new AbortController()
    const spans = [{ start: 0, end: 65 * MIB }]
    await assert.rejects(stage.run(torrent.warm(0, spans, { budgetBytes: 1, signal })), RangeError)
  }),
)
