/**
 * The other end of the cable: a network with a seed, a tracker and an ear on everything that comes. Runs in a
 * network of its own and starts closed-viewer.ts in another; prints what came, as one line of JSON.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openMadeCinema } from '../made-cinema.ts'
import { jsonLines, say } from './line-talk.ts'

// Public ones, so that the viewer dials them on a stranger's word; nobody but us is here to be called.
const GATEWAY = '11.22.33.1'
const SEED = '11.22.33.7'
const VIEWER = '11.22.33.44'
const GATEWAY6 = '2a01:111::1'
const VIEWER6 = '2a01:111::44'
/** Until the last packet has been read from the cable. */
const SETTLE_MS = 500

const signal = AbortSignal.timeout(100_000)
const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const ip = (...args: readonly string[]): void => void execFileSync('ip', args)

const folder = await mkdtemp(join(tmpdir(), 'matinee-packets-'))
await using opened = new AsyncDisposableStack()
opened.defer(() => rm(folder, { recursive: true, force: true }))
// Names are asked of the far end, wherever this computer asks for them.
const resolver = join(folder, 'resolv.conf')
await writeFile(resolver, `nameserver ${GATEWAY}\noptions timeout:1 attempts:1\n`)

ip('link', 'set', 'lo', 'up')
ip('link', 'add', 'far', 'type', 'veth', 'peer', 'name', 'near')
const enter = 'mount --bind "$0" /etc/resolv.conf && exec "$@"'
const viewer = spawn(
  'unshare',
  ['--net', '--mount', 'sh', '-c', enter, resolver, process.execPath, fileOf('closed-viewer.ts')],
  { stdio: ['pipe', 'pipe', 'inherit'] },
)
opened.defer(() => void viewer.kill('SIGKILL'))
const answer = jsonLines(viewer.stdout)
const tell = (value: object): void => void viewer.stdin.write(`${JSON.stringify(value)}\n`)
await untilElsewhere(viewer.pid ?? 0)
ip('link', 'set', 'near', 'netns', String(viewer.pid))
// The first is the one that calls come from.
for (const address of [SEED, GATEWAY]) ip('address', 'add', `${address}/24`, 'dev', 'far')
ip('address', 'add', `${GATEWAY6}/64`, 'dev', 'far', 'nodad')
ip('link', 'set', 'far', 'up')

const ear = spawn('python3', [fileOf('capture.py'), 'far'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
opened.defer(() => void ear.kill('SIGKILL'))
const heard = jsonLines(ear.stdout)
await heard()
let packets: unknown[] = []
const listening = (async () => {
  for (;;) {
    const packet = await heard()
    packets.push(packet)
  }
})().catch(() => undefined)
const take = async (): Promise<unknown[]> => {
  await delay(SETTLE_MS)
  const taken = packets
  packets = []
  return taken
}

const cinema = opened.use(await openMadeCinema({ folder, signal, host: SEED }))
const { feedFolder } = cinema
tell({
  folder,
  feedFolder,
  address: VIEWER,
  address6: VIEWER6,
  gateway: GATEWAY,
  gateway6: GATEWAY6,
})
assert.deepEqual(await answer(), { kind: 'ready' })
tell({ kind: 'browse' })
assert.deepEqual(await answer(), { kind: 'browsed' })
const before = await take()
tell({ kind: 'watch' })
const watched = await answer()
const after = await take()
tell({ kind: 'shout' })
assert.deepEqual(await answer(), { kind: 'shouted' })
const shouted = await take()
const trackerPort = Number(new URL(cinema.trackerUrl).port)
const named = [trackerPort, ...cinema.peers.map(({ port }) => port)]
say({ before, watched, after, shouted, seed: SEED, named, served: cinema.served() })
ear.kill('SIGKILL')
await listening

/** `unshare` has made the other network once it runs what it was told to. */
async function untilElsewhere(pid: number): Promise<void> {
  const own = execFileSync('readlink', ['/proc/self/ns/net']).toString()
  while (execFileSync('readlink', [`/proc/${pid}/ns/net`]).toString() === own)
    await delay(10, null, { signal })
}
