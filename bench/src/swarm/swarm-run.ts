import { fork, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ClientNews, ClientOrder } from './clients/client-talk.ts'
import { PEERS_FOLDER } from './clients/peer-package.ts'
import type { SwarmOrder } from './emulator/emulated-swarm.ts'
import type { EmulatorCall, EmulatorNews } from './emulator/emulator-process.ts'
import type { SwarmReport } from './emulator/swarm-tally.ts'
import { openFilm } from './film.ts'
import type { PlayOrder, PlayResult } from './film-player.ts'
import { treeUse } from './process-tree.ts'

/** Who is measured. */
export type ClientName = 'ours' | 'webtorrent' | 'torrent-stream' | 'libtorrent'

/** One client in one swarm. */
export interface SwarmRun {
  readonly client: ClientName
  readonly order: SwarmOrder
  readonly result: PlayResult
  readonly report: SwarmReport
  /** Of the client's process and all that it started, from pressing play on. */
  readonly cpuMs: number
  readonly peakResidentBytes: number
  readonly seconds: number
  readonly loadAverage: number
}

const HERE = fileURLToPath(new URL('.', import.meta.url))
/** A run that takes longer than it plays, and this, hangs. */
const LONGEST_WAIT_MS = 8 * 60_000
const SAMPLE_MS = 200
/** After a seek a player and what is fetched ahead for it may want this much; what lies elsewhere is old. */
const AHEAD_BYTES = 64_000_000

function commandOf(client: ClientName): readonly [string, readonly string[]] {
  if (client === 'libtorrent')
    return ['/usr/bin/python3', [join(HERE, 'clients/libtorrent-client.py')]]
  // With what the starter gives Node, as the product is.
  if (client === 'ours')
    return [process.execPath, [...process.execArgv, join(HERE, 'clients/our-client.ts')]]
  return [process.execPath, [join(HERE, 'clients', `${client}-client.ts`)]]
}

/** Runs one client in one emulated swarm. Throws when either ends before its time. */
export async function runSwarmClient(
  client: ClientName,
  order: SwarmOrder,
  play: PlayOrder,
): Promise<SwarmRun> {
  const { path: torrentPath } = await openFilm(order, order.filmBytes)
  await using emulator = await startEmulator(order)
  const folder = await mkdtemp(join(tmpdir(), 'matinee-bench-'))
  const { trackerUrl } = emulator
  const clientOrder: ClientOrder = { ...play, torrentPath, trackerUrl, folder }
  const [program, args] = commandOf(client)
  const child = spawn(program, [...args, JSON.stringify(clientOrder)], {
    cwd: PEERS_FOLDER,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { pid = 0 } = child
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const playedMs = 1000 * (play.watchSeconds + 3 * play.watchAfterSeekSeconds)
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LONGEST_WAIT_MS + playedMs)
  let peakResidentBytes = 0
  const sampling = setInterval(() => {
    peakResidentBytes = Math.max(peakResidentBytes, treeUse(pid).residentBytes)
  }, SAMPLE_MS)
  let before = 0
  let startMs = 0
  try {
    for await (const line of createInterface(child.stdout)) {
      const news = JSON.parse(line) as ClientNews
      if (news.kind === 'ready') {
        before = treeUse(pid).cpuMs
        startMs = performance.now()
        child.stdin.write('go\n')
      } else if (news.kind === 'seek')
        emulator.say({
          kind: 'sought',
          start: news.start - (order.kind === 'v1' ? order.pieceMiB << 20 : 0),
          end: news.start + AHEAD_BYTES,
        })
      else
        return {
          client,
          order,
          result: news.result,
          report: await emulator.report(),
          cpuMs: treeUse(pid).cpuMs - before,
          peakResidentBytes,
          seconds: (performance.now() - startMs) / 1000,
          loadAverage: loadavg()[0] ?? 0,
        }
    }
    throw new Error(`${client} ended without a result in ${order.scenario}, seed ${order.seed}`)
  } finally {
    clearInterval(sampling)
    clearTimeout(tooLong)
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** An emulated swarm in a process of its own. */
export interface RunningEmulator extends AsyncDisposable {
  readonly trackerUrl: string
  say(call: EmulatorCall): void
  report(): Promise<SwarmReport>
}

/** Starts the swarm of an order. Throws when its process ends. */
export async function startEmulator(order: SwarmOrder): Promise<RunningEmulator> {
  const child = fork(join(HERE, 'emulator/emulator-process.ts'), [JSON.stringify(order)])
  const next = (): Promise<EmulatorNews> =>
    new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error('the emulator ended'))
      child.once('exit', onExit)
      child.once('message', (news) => {
        child.off('exit', onExit)
        resolve(news as EmulatorNews)
      })
    })
  const open = await next()
  if (open.kind !== 'open') throw new Error('the emulator spoke out of turn')
  return {
    trackerUrl: open.trackerUrl,
    say: (call) => void child.send(call),
    report: async () => {
      child.send({ kind: 'report' } satisfies EmulatorCall)
      const news = await next()
      if (news.kind !== 'report') throw new Error('the emulator spoke out of turn')
      return news.report
    },
    [Symbol.asyncDispose]: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}
