import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findProgram, type ProgramName } from '../../tools/programs.ts'

/** Somebody else's BitTorrent client with one torrent, as a process of its own on loopback. */
export interface OtherClient extends AsyncDisposable {
  readonly port: number
}

export interface ClientTask {
  /** Path of the .torrent file. */
  readonly torrent: string
  /** Where the data is (a seed) or goes. */
  readonly folder: string
  /** For a seed: all data is there already. */
  readonly seeds: boolean
  /** For its settings and state. */
  readonly scratch: string
}

/** Starts a client and waits until it listens (and, when it seeds, has checked its data). */
export type StartClient = (task: ClientTask) => Promise<OtherClient>

export const startLibtorrent: StartClient = async ({ torrent, folder, seeds }) => {
  const port = await freePort()
  const isReady = (text: string): boolean =>
    text.includes(seeds ? '"state": "seeding"' : '"event": "state"')
  return runLibtorrent('libtorrent-peer.py', [torrent, folder, String(port)], { port, isReady })
}

/** Starts a script of this folder that is a libtorrent session at `port`, and waits until what it prints is so. */
export async function runLibtorrent(
  script: string,
  args: readonly string[],
  { port, isReady }: { readonly port: number; readonly isReady: (text: string) => boolean },
): Promise<OtherClient> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(findProgram('libtorrent'), [path, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Compiled scripts would lie beside them.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  })
  await until(child, isReady)
  return ended(child, port)
}

export const startAria2: StartClient = async ({ torrent, folder, seeds, scratch }) => {
  const port = await freePort()
  await mkdir(scratch, { recursive: true })
  const child = spawn(
    findProgram('aria2c'),
    [
      `--dir=${folder}`,
      `--listen-port=${port}`,
      '--no-conf=true',
      '--enable-dht=false',
      '--enable-dht6=false',
      '--bt-enable-lpd=false',
      '--enable-peer-exchange=false',
      '--seed-ratio=0.0',
      '--bt-stop-timeout=120',
      `--check-integrity=${String(seeds)}`,
      '--bt-min-crypto-level=plain',
      '--bt-require-crypto=false',
      '--disable-ipv6=true',
      '--file-allocation=none',
      torrent,
    ],
    { stdio: ['ignore', 'ignore', 'ignore'], cwd: scratch },
  )
  await untilListening(port, child)
  if (seeds) await wait(1500)
  return ended(child, port)
}

export const startTransmission: StartClient = async ({ torrent, folder, seeds, scratch }) => {
  const [port, rpcPort] = [await freePort(), await freePort()]
  await mkdir(scratch, { recursive: true })
  const child = spawn(
    findProgram('transmission-daemon'),
    [
      '--foreground',
      '--config-dir',
      scratch,
      '--download-dir',
      folder,
      '--peerport',
      String(port),
      '--port',
      String(rpcPort),
      '--rpc-bind-address',
      '127.0.0.1',
      '--bind-address-ipv4',
      '127.0.0.1',
      '--no-auth',
      '--no-dht',
      '--no-lpd',
      '--no-utp',
      '--no-portmap',
      '--encryption-tolerated',
    ],
    { stdio: 'ignore' },
  )
  await untilListening(rpcPort, child)
  const call = (args: readonly string[]): Promise<string> =>
    output('transmission-remote', [`127.0.0.1:${rpcPort}`, ...args])
  await call(['--add', torrent])
  if (seeds) {
    await call(['--torrent', 'all', '--verify'])
    await untilTrue(async () =>
      /Percent Done: 100/u.test(await call(['--torrent', 'all', '--info'])),
    )
  }
  return ended(child, port)
}

/** Resolves when `what` says yes; asks ten times a second, for at most `timeoutMs`. */
export async function untilTrue(what: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`not so after ${timeoutMs} ms: ${what.toString()}`)
    await wait(100)
  }
}

/** Whether a file is there with its whole length. */
export async function isWhole(file: string, length: number): Promise<boolean> {
  try {
    return (await stat(file)).size === length
  } catch {
    // Not there yet.
    return false
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

function ended(child: ChildProcess, port: number): OtherClient {
  return {
    port,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.stdin?.end()
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
      await once(child, 'exit')
      clearTimeout(timer)
    },
  }
}

async function until(child: ChildProcess, isSo: (text: string) => boolean): Promise<void> {
  let text = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    if (isSo(text)) resolve()
  })
  child.once('exit', () => reject(new Error(`the client ended early: ${text}`)))
  child.once('error', reject)
  await promise
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  await untilTrue(async () => {
    if (child.exitCode !== null) throw new Error('the client ended early')
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return true
    } catch {
      // Refused: it doesn't listen yet.
      return false
    } finally {
      socket.destroy()
    }
  })
}

async function output(program: ProgramName, args: readonly string[]): Promise<string> {
  const child = spawn(findProgram(program), args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  await once(child, 'close')
  return text
}
