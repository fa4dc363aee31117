/**
 * Real file systems, mounted in a namespace of this process that ends with it: `unshare --mount node mounted-disk.ts
 * cuts | full FOLDER`. Prints one line of JSON, or ends with an error.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { KIB, MIB, concatBytes, equalBytes } from '@matinee/base'
import { FakeClock, SeededRandom, contentFrom, makeTorrent, nodeHash } from '@matinee/testkit'
import { systemDisk } from '../src/node/system.ts'
import { BlockGrid } from '../src/pick/block-grid.ts'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import { openMachineEngine } from './machine.ts'

const CUTS = 20
const FILM_BYTES = 12 * MIB + 12_345
/** So slow that a cut comes in the middle of something. */
const BYTES_PER_SECOND = 2 * MIB
const VIEWER = fileURLToPath(new URL('engine-kill-viewer.ts', import.meta.url))

const [mode = '', root = ''] = process.argv.slice(2)
const random = new SeededRandom('mounted disk')
const film = random.bytes(FILM_BYTES)
const made = makeTorrent({
  kind: 'hybrid',
  files: [{ path: ['film.mp4'], content: contentFrom(film) }],
  pieceLength: 128 * KIB,
})
const { metainfo } = made
const name = String(metainfo.infoHashes.v1 ?? metainfo.infoHashes.v2)
const torrentFile = join(root, 'film.torrent')
await writeFile(torrentFile, made.torrentFile)
await writeFile(join(root, 'film'), film)
await using seeder = await openMachineEngine(join(root, 'seed'))
const seeding = seeder.engine.add(
  { kind: 'metainfo', metainfo },
  { filesFrom: [join(root, 'film')] },
)
await seeding.metainfo()
const place = join(root, 'place')
await mkdir(place)
const report = mode === 'cuts' ? await cutPower() : await fillUp()
process.stdout.write(`${JSON.stringify(report)}\n`)

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Copies the image of an ext4 while a viewer writes to it: what a power cut leaves. Every claim of every copy is right. */
async function cutPower(): Promise<{ readonly cuts: number; readonly claims: number }> {
  const image = join(root, 'disk.img')
  run('truncate', '--size=96M', image)
  run('mkfs.ext4', '-q', '-F', image)
  run('mount', '-o', 'loop', image, place)
  seeding.limitUpload(BYTES_PER_SECOND)
  let claims = 0
  let life = 0
  let viewer = await watch(join(place, `viewer-${life}`))
  for (let cut = 0; cut < CUTS; cut++) {
    await wait(20 + random.below(500))
    if (viewer.exitCode !== null) viewer = await watch(join(place, `viewer-${++life}`))
    // Whoever stands still issues nothing more while the copy is made.
    viewer.kill('SIGSTOP')
    const copy = join(root, `cut-${cut}.img`)
    run('cp', '--sparse=always', image, copy)
    viewer.kill('SIGCONT')
    const after = join(root, `after-${cut}`)
    await mkdir(after)
    run('mount', '-o', 'loop', copy, after)
    claims += await assertClaimsRight(join(after, `viewer-${life}`, name), `cut ${cut}`)
    if (cut === CUTS - 1) await watchToEnd(join(after, `viewer-${life}`))
    run('umount', after)
    run('rm', copy)
  }
  viewer.kill('SIGKILL')
  if (viewer.exitCode === null) await once(viewer, 'exit')
  run('umount', place)
  return { cuts: CUTS, claims }
}

/** Starts a viewer, and waits until it has begun. */
async function watch(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [VIEWER, folder, torrentFile, String(seeder.engine.port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.stdout.resume()
  return child
}

/** What the cut left is watched to its end. */
async function watchToEnd(folder: string): Promise<void> {
  seeding.limitUpload(null)
  await using viewer = await openMachineEngine(folder)
  await readAll(viewer.engine, [seeder.engine.port ?? 0])
}

async function assertClaimsRight(folder: string, what: string): Promise<number> {
  const options = { disk: systemDisk(), clock: new FakeClock(), hash: nodeHash }
  await using store = await openTorrentStore({ ...options, folder, metainfo })
  const grid = new BlockGrid(metainfo)
  for (const { start, end } of store.claimed.runs())
    for (let block = start; block < end; block++) {
      const span = grid.spanOf(block)
      const isRight = equalBytes(await store.read(span), made.bytesAt(span))
      assert.ok(isRight, `${what}: block ${block} is claimed and wrong`)
    }
  return store.claimed.count
}

/** A film that is longer than the disk: it plays from memory, and is saved when there is room. */
async function fillUp(): Promise<{ readonly trouble: string | null; readonly saved: boolean }> {
  run('mount', '-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place)
  let trouble: string | null
  {
    await using viewer = await openMachineEngine(place)
    const torrent = await readAll(viewer.engine, [seeder.engine.port ?? 0])
    trouble = torrent.status().diskTrouble
    run('mount', '-o', 'remount,size=64m', place)
    for (let tries = 0; torrent.status().diskTrouble !== null; tries++) {
      assert.ok(tries < 300, 'there is room, and nothing is written')
      await wait(100)
    }
  }
  // Nobody to fetch from: all of it is on the disk.
  await using again = await openMachineEngine(place)
  await readAll(again.engine, [])
  const stored = await readFile(join(place, name, '0'))
  run('umount', '--lazy', place)
  return { trouble, saved: equalBytes(stored, film) }
}

async function readAll(
  engine: Awaited<ReturnType<typeof openMachineEngine>>['engine'],
  ports: readonly number[],
): Promise<ReturnType<typeof engine.add>> {
  const peers = ports.map(
    (port) => ({ address: { host: '127.0.0.1', port }, learnedFrom: 'own' }) as const,
  )
  const torrent = engine.add({ kind: 'metainfo', metainfo }, { peers })
  const chunks: Uint8Array[] = []
  const whole = { start: 0, end: FILM_BYTES }
  await using reader = await torrent.openFile(0, whole, AbortSignal.timeout(30_000))
  for await (const bytes of reader) chunks.push(bytes.slice())
  assert.ok(equalBytes(concatBytes(chunks), film))
  return torrent
}
