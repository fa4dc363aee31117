/**
 * A process that gives out the test reel: the viewer starts it, so that the reel arrives over real BitTorrent
 * on a computer without a network. It seeds `feeds/reel/` in place, on loopback, and runs a tracker for
 * nothing else.
 *
 *     node apps/matinee/src/reel-seeder.ts [--reel FOLDER]
 *
 * It says one JSON object a line: `ready` once, `served` each second in which something changed, and
 * whenever it reads a line `stats`. It ends when its input closes, at SIGTERM and at SIGINT.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { messageOf, SECOND_MS, sleep } from '@matinee/base'
import { openEngine, type Torrent } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { handshakeHash, parseMetainfo, type Metainfo } from '@matinee/protocol'
import { openTracker, type Tracker } from './tracker/tracker.ts'

/** What the process says. */
export type SeederEvent =
  | {
      readonly event: 'ready'
      /** `127.0.0.1:P`, where the seed listens. */
      readonly peer: string
      readonly tracker: string
      readonly udpTracker: string
    }
  | {
      readonly event: 'served'
      /** Payload of the reel that was sent to peers since the start. */
      readonly bytes: number
      /** Connected now. */
      readonly peers: number
      /** Announces that the tracker answered, with the seed's own. */
      readonly announces: number
    }

const HOST = '127.0.0.1'
const REEL_FOLDER = fileURLToPath(new URL('../../../feeds/reel/', import.meta.url))
/** How long the seed's own announce is waited for: afterwards the tracker knows whom to name. */
const ANNOUNCE_PATIENCE_MS = 2 * SECOND_MS
const ANNOUNCE_CHECK_MS = 10

function say(event: SeederEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { reel: { type: 'string', default: REEL_FOLDER } } })
  const ended = untilEnded()
  const clock = systemClock()
  const hash = systemHash()
  const random = systemRandom()
  const metainfo = await readReel(join(values.reel, 'reel.torrent'))
  const folder = await mkdtemp(join(tmpdir(), 'matinee-reel-seeder-'))
  try {
    await using network = createNetwork({ clock })
    await using tracker = await openTracker({
      network,
      clock,
      hash,
      random,
      infoHashes: [
        handshakeHash(metainfo.infoHashes, 'v1'),
        handshakeHash(metainfo.infoHashes, 'v2'),
      ],
    })
    const disk = systemDisk()
    await using engine = await openEngine({
      network,
      disk,
      hash,
      clock,
      random,
      folder,
      host: HOST,
      port: 0,
    })
    const torrent = engine.add(
      { kind: 'metainfo', metainfo },
      {
        filesFrom: metainfo.files.map((file) => join(values.reel, ...file.path)),
        trackers: [tracker.url],
        trackersFrom: 'own',
      },
    )
    await torrent.metainfo(ended.signal)
    refuseIncomplete(torrent)
    for (let waitedMs = 0; tracker.announces === 0; waitedMs += ANNOUNCE_CHECK_MS) {
      if (waitedMs >= ANNOUNCE_PATIENCE_MS) break
      await sleep(clock, ANNOUNCE_CHECK_MS, ended.signal)
    }
    say({
      event: 'ready',
      peer: `${HOST}:${engine.port}`,
      tracker: tracker.url,
      udpTracker: tracker.udpUrl,
    })
    report(torrent, tracker, ended)
    await ended.promise
    say(served(torrent, tracker))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readReel(path: string): Promise<Metainfo> {
  return parseMetainfo(new Uint8Array(await readFile(path)), systemHash())
}

/** The folder may have been edited, or cloned with other ends of lines: then nothing of it is worth sending. */
function refuseIncomplete(torrent: Torrent): void {
  const { havePieces, pieceCount } = torrent.status()
  if (havePieces < pieceCount)
    throw new Error(`the reel is damaged: ${havePieces} of ${pieceCount} pieces are right`)
}

function served(torrent: Torrent, tracker: Tracker): SeederEvent {
  const { bytes, peers } = torrent.status()
  return {
    event: 'served',
    bytes: bytes.uploaded,
    peers: peers.connected,
    announces: tracker.announces,
  }
}

function report(torrent: Torrent, tracker: Tracker, ended: Ended): void {
  let last = ''
  const timer = setInterval(() => {
    const event = served(torrent, tracker)
    const text = JSON.stringify(event)
    if (text !== last) say(event)
    last = text
  }, SECOND_MS)
  ended.signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  ended.onLine = (line) => {
    if (line === 'stats') say(served(torrent, tracker))
  }
}

interface Ended {
  readonly promise: Promise<void>
  readonly signal: AbortSignal
  onLine: (line: string) => void
}

/** Resolves and aborts when the one who started us is gone, or asks us to go. */
function untilEnded(): Ended {
  const { promise, resolve } = Promise.withResolvers<void>()
  const control = new AbortController()
  const end = (): void => {
    control.abort(new DOMException('the seeder was told to end', 'AbortError'))
    resolve()
  }
  const ended: Ended = { promise, signal: control.signal, onLine: () => {} }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  // Nobody reads any more: the input closes as well, which is what ends us.
  process.stdout.on('error', end)
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => ended.onLine(line))
  lines.on('close', end)
  control.signal.addEventListener('abort', () => process.stdin.destroy(), { once: true })
  return ended
}

try {
  await main()
} catch (error) {
  const isAbort = error instanceof DOMException && error.name === 'AbortError'
  if (!isAbort) {
    process.stderr.write(`matinee reel-seeder: ${messageOf(error)}\n`)
    process.exitCode = 1
  }
  // An open input would keep a process alive that has nothing left to do.
  process.stdin.destroy()
}
