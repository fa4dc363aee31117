/**
 * Somebody to whom a stick was given, on a computer without a network: starts it, plays a film, gives it on. Run with the
 * stick's folder and a work's address; says in one line of JSON what came of it.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { letIn } from '@matinee/testkit'

const [stick = '', work = '', home = ''] = process.argv.slice(2)
const PATIENCE_MS = 60_000
// Nothing of this project's own: not its Node, not its settings.
const env = { PATH: '/usr/bin:/bin', HOME: home }

type Said = Readonly<Record<string, unknown>>

interface Started {
  readonly child: ChildProcess
  readonly ready: Said
  /** What it said before. */
  readonly before: readonly Said[]
}

async function start(args: readonly string[]): Promise<Started> {
  const child = spawn(join(stick, 'matinee'), [...args, '--json'], {
    cwd: stick,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const before: Said[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Said
    if (said['event'] === 'ready') return { child, ready: said, before }
    before.push(said)
  }
  throw new Error(`${args.join(' ')} ended before it was ready`)
}

async function stop({ child }: Started): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'close')
}

const viewer = await start(['--no-open', '--port', '0'])
const page = await letIn(String(viewer.ready['launchUrl']))
const untilMs = performance.now() + PATIENCE_MS
const wish = { episodeId: null, releaseId: null }
const play = (): Promise<Response> => page.ask(`/api/works/${work}/play?language=en`, 'POST', wish)
let answered = await play()
// Its feed is read for the first time meanwhile.
while (!answered.ok) {
  if (performance.now() > untilMs) throw new Error(`the film is not on offer: ${answered.status}`)
  await delay(100)
  answered = await play()
}
const startMs = performance.now()
const film = (await answered.json()) as { readonly mediaUrl: string }
const bytes = await page.bytesOf(film.mediaUrl, AbortSignal.timeout(PATIENCE_MS))
const playMs = performance.now() - startMs
await stop(viewer)

const seed = await start([
  'seed',
  '.',
  '--port',
  '0',
  '--http-port',
  '0',
  '--tracker-port',
  '0',
  '--no-dht',
])
const mirror = JSON.stringify(seed.ready).match(/http:\/\/[^"]*?:(\d+)(?=")/u)?.[1] ?? ''
const answer = await fetch(`http://127.0.0.1:${mirror}/metadata/timestamp.json`)
await stop(seed)

// The feed goes on under new keys, from what is on the stick alone.
const relaunch = spawn(
  join(stick, 'matinee'),
  ['relaunch', join(home, 'new'), '--from', join(stick, 'feed'), '--operator', 'A Visitor'].concat([
    '--passphrase-fd',
    '0',
    '--json',
  ]),
  { cwd: stick, env, stdio: ['pipe', 'pipe', 'inherit'] },
)
relaunch.stdin.end('six words nobody would ever guess\n')
const relaunched: unknown = JSON.parse(await text(relaunch.stdout))

const interfaces = Object.keys(networkInterfaces())
console.log(
  JSON.stringify({
    interfaces,
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    playMs,
    mirror: answer.status,
    given: seed.before.map((each) => each['releases']),
    relaunched,
  }),
)
