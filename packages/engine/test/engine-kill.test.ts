import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { KIB, MIB, equalBytes, sleep, type Disk } from '@matinee/base'
import { FakeClock, SeededRandom, contentFrom, makeTorrent, nodeHash } from '@matinee/testkit'
import type { MadeTorrent } from '@matinee/testkit'
import { systemClock, systemDisk } from '../src/node/system.ts'
import { BlockGrid } from '../src/pick/block-grid.ts'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import { openMachineEngine, temporaryFolder } from './machine.ts'

const KINDS = ['v1', 'v2', 'hybrid'] as const
/** Of all three kinds together at least fifty. */
const KILLS_PER_KIND = 17

/** A disk that takes its time, so that a film of 15 MB isn't there at once. */
function slowDisk(): Disk {
  const disk = systemDisk()
  return {
    ...disk,
    open: async (path, mode) => {
      const file = await disk.open(path, mode)
      const read = async (position: number, into: Uint8Array): Promise<number> => {
        await sleep(systemClock(), 1)
        return file.read(position, into)
      }
      return {
        read,
        write: (position, chunks) => file.write(position, chunks),
        sync: () => file.sync(),
        size: () => file.size(),
        truncate: (size) => file.truncate(size),
        close: () => file.close(),
      }
    },
  }
}

/** Looks at what a killed process left. Returns how many blocks it claims, all of them right. */
async function assertClaimsRight(made: MadeTorrent, folder: string, what: string): Promise<number> {
  const { metainfo, bytesAt } = made
  const options = { disk: systemDisk(), clock: new FakeClock(), hash: nodeHash }
  await using store = await openTorrentStore({ ...options, folder, metainfo })
  const grid = new BlockGrid(metainfo)
  for (const { start, end } of store.claimed.runs())
    for (let block = start; block < end; block++) {
      const span = grid.spanOf(block)
      const isRight = equalBytes(await store.read(span), bytesAt(span))
      assert.ok(isRight, `${what}: block ${block} is claimed and wrong`)
    }
  return store.claimed.count
}

/** Runs the viewer to its end, or kills it so long after it began to watch. Returns what it said. */
async function watch(
  args: readonly string[],
  cache: string,
  killAfterMs: number | null,
): Promise<string> {
  const script = fileURLToPath(new URL('engine-kill-viewer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Fifty processes that each compile the same files would take most of the time.
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  })
  let said = ''
  let killer: NodeJS.Timeout | undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (killAfterMs !== null) killer ??= setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  await once(child, 'close')
  clearTimeout(killer)
  return said
}

/** Kills viewers of a film of one kind, one after another, and lets the last one come to the end. */
async function killViewers(kind: (typeof KINDS)[number], cache: string): Promise<void> {
  await using folder = await temporaryFolder()
  const random = new SeededRandom(`engine-kill/${kind}`)
  const contents = [random.bytes(15 * MIB + 12_345), random.bytes(30_000)]
  const filesFrom = contents.map((_, i) => join(folder.path, `${i}.film`))
  for (const [i, path] of filesFrom.entries()) await writeFile(path, contents[i] ?? '')
  const files = contents.map((bytes, i) => ({ path: [`${i}`], content: contentFrom(bytes) }))
  const made = makeTorrent({ kind, files, pieceLength: 128 * KIB })
  const torrentFile = join(folder.path, 'film.torrent')
  await writeFile(torrentFile, made.torrentFile)
  const { metainfo } = made
  const name = String(metainfo.infoHashes.v1 ?? metainfo.infoHashes.v2)
  await using seeder = await openMachineEngine(join(folder.path, 'seed'), { disk: slowDisk() })
  const seeding = seeder.engine.add({ kind: 'metainfo', metainfo }, { filesFrom })
  await seeding.metainfo()

  let life = 0
  let claimed = 0
  let grown = 0
  const home = (): string => join(folder.path, `viewer-${life}`)
  const viewer = (): string[] => [home(), torrentFile, String(seeder.engine.port)]
  for (let kill = 0; kill < KILLS_PER_KIND; kill++) {
    const said = await watch(viewer(), cache, 30 + random.below(370))
    assert.match(said, /^live$/mu, `${kind}, kill ${kill}: it began to watch`)
    const now = await assertClaimsRight(made, join(home(), name), `${kind}, kill ${kill}`)
    if (now > claimed) grown++
    claimed = now
    if (said.trimEnd().split('\n').length <= contents.length) continue
    // It came to the end: from the beginning again.
    life++
    claimed = 0
  }
  assert.ok(grown >= 3, `claims of ${kind} grew ${grown} times`)
  const [, ...hashes] = (await watch(viewer(), cache, null)).trimEnd().split('\n')
  const want = contents.map((bytes) => createHash('sha256').update(bytes).digest('hex'))
  assert.deepEqual(hashes, want)
  for (const [i, bytes] of contents.entries()) {
    const stored = await readFile(join(home(), name, String(i)))
    assert.ok(equalBytes(stored, bytes), `file ${i} on the disk`)
  }
}

test(
  'A4: a viewer killed at any moment finds what it left, right, and comes to the end of the film',
  { timeout: 150_000 },
  async () => {
    await using compiled = await temporaryFolder()
    await Promise.all(KINDS.map((kind) => killViewers(kind, compiled.path)))
  },
)
