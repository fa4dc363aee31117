/**
 * The other peers of a soak, in a process of their own: seeds that leave torrents and come back, and a leech that
 * begins torrents and drops them. Told by its argument how many torrents there are, and by a message where to dial.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AddOptions, Torrent } from '@matinee/engine'
import { SeededRandom, type MadeTorrent } from '@matinee/testkit'
import { openLoopbackEngine, type OpenedEngine } from './opened-engine.ts'
import { makeSoakTorrents } from './soak-torrents.ts'

/** What the parent says once: where the engine is that all this is about. */
export interface SoakCall {
  readonly port: number
}

/** What the parent hears: where the seeds listen. */
export interface SoakNews {
  readonly ports: readonly number[]
}

const SEEDS = 4
/** A seed leaves a torrent so often, and comes back a second later. */
const CHURN_EVERY_MS = 400
const LEECHED_FOR_MS = 4000

const torrents = makeSoakTorrents(Number(process.argv[2]))
const random = new SeededRandom('soak peers')
const folder = await mkdtemp(join(tmpdir(), 'matinee-soak-peers-'))
const paths = await Promise.all(torrents.map(writeFilm))
const seeds = await Promise.all(
  Array.from({ length: SEEDS }, (_, i) => openLoopbackEngine(join(folder, `seed ${i}`))),
)
for (const seed of seeds) for (const at of torrents.keys()) offer(seed, at, [])
process.on('disconnect', () => {
  void rm(folder, { recursive: true, force: true }).finally(() => process.exit())
})
process.on('message', ({ port }: SoakCall) => {
  const peers = [{ address: { host: '127.0.0.1', port }, learnedFrom: 'own' }] as const
  void churn(peers)
  void leech(peers)
})
const ports = seeds.flatMap(({ engine }) => engine.port ?? [])
process.send?.({ ports } satisfies SoakNews)

async function writeFilm({ contents: [film] }: MadeTorrent, at: number): Promise<string> {
  assert.ok(film)
  const path = join(folder, `${at}.film`)
  await writeFile(path, film.bytesAt({ start: 0, end: film.length }))
  return path
}

function offer(
  { engine }: OpenedEngine,
  at: number,
  peers: NonNullable<AddOptions['peers']>,
): Torrent | null {
  const [made, path] = [torrents[at], paths[at]]
  if (made === undefined || path === undefined) return null
  return engine.add({ kind: 'metainfo', metainfo: made.metainfo }, { filesFrom: [path], peers })
}

/** One seed after another leaves a torrent, and dials in again. */
async function churn(peers: NonNullable<AddOptions['peers']>): Promise<void> {
  for (;;) {
    const seed = random.pick(seeds)
    const torrent = random.pick(seed.engine.torrents)
    const at = torrents.findIndex(({ metainfo }) => metainfo.infoHashes === torrent.infoHashes)
    await seed.engine.remove(torrent)
    await sleep(CHURN_EVERY_MS)
    offer(seed, at, peers)
  }
}

/** Somebody who fetches from the engine alone what it has, a while, and forgets it. */
async function leech(peers: NonNullable<AddOptions['peers']>): Promise<void> {
  const { engine } = await openLoopbackEngine(join(folder, 'leech'))
  for (;;) {
    const { metainfo } = random.pick(torrents)
    const torrent = engine.add({ kind: 'metainfo', metainfo }, { peers })
    const [film] = metainfo.files
    const reading = AbortSignal.timeout(LEECHED_FOR_MS)
    try {
      await using reader = await torrent.openFile(0, { start: 0, end: film?.length ?? 0 }, reading)
      for await (const bytes of reader) assert.ok(bytes.length > 0)
    } catch (error) {
      // What the engine doesn't have doesn't come.
      if (!reading.aborted) throw error
    }
    await engine.remove(torrent)
    await rm(join(folder, 'leech'), { recursive: true, force: true })
  }
}
