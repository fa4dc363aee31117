import { join } from 'node:path'
import { SECOND_MS } from '@matinee/base'
import {
  openEngine,
  PUBLIC_DHT_ENTRANCES,
  TorrentError,
  type Torrent,
  type TorrentSource,
} from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import type { Metainfo, TorrentFile } from '@matinee/protocol'
import {
  openMediaFolder,
  openMediaServer,
  PortsTakenError,
  type MediaServer,
} from '@matinee/viewer'
import { UsageError, type Command, type Screen } from '../command.ts'
import { defaultDataFolder, readFolder } from '../data-folder.ts'
import { readOnly, readOptions, readPort } from '../options.ts'
import { PLAYERS, startPlayer, type PlayerName } from '../player.ts'
import { cantKeepWords } from '../refusal-words.ts'
import { closeInTime, listenForStop, type StopSignal } from '../stop-signal.ts'
import { chooseFile } from '../stream/film-choice.ts'
import { progressOf, progressWords } from '../stream/progress.ts'
import { torrentMediaFile } from '../stream/torrent-media-file.ts'
import { WaitNotes } from '../stream/wait-notes.ts'
import { readTorrent } from '../torrent-argument.ts'

const HELP = `Usage: matinee stream <torrent file | magnet link> [options]

Serves one file of a torrent at an address of this computer while it arrives, for any
player. A tool for people who make films and test Matinee. Stop it with Ctrl-C; what has
arrived stays on the disk.

While it plays, what has arrived is passed on to others, and they see your IP address.

Options:
  --file N        the file with number N, as "matinee info" counts (default: the film)
  --dir DIR       keep what arrives in DIR
                  (default ${join(defaultDataFolder(), 'stream')})
  --port P        serve at port P of this computer (default: any free one)
  --player NAME   open it in ${PLAYERS.join(' or ')}, and stop when that ends
  --no-upload     pass nothing on
  --no-dht        ask trackers and peers alone who has it, not the DHT of BitTorrent
  --allow-local   let trackers and others name addresses of this computer (for tests;
                  the DHT, which is other people, isn't asked then)
  --json          print one JSON object a line: "start", "progress", "ready"
`

/** `matinee stream`. */
export const streamCommand: Command = { help: HELP, run }

interface StreamOptions {
  readonly source: TorrentSource
  readonly fileNumber: number | undefined
  readonly folder: string
  readonly port: number | undefined
  readonly player: PlayerName | null
  readonly upload: boolean
  readonly dht: boolean
  readonly allowLocal: boolean
  readonly asJson: boolean
}

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const options = await readStreamOptions(args)
  try {
    await openMediaFolder(options.folder)
  } catch (error) {
    return sayFailed(options, screen, 'disk', cantKeepWords(options.folder, error, '--dir'))
  }
  using stop = listenForStop()
  sayStart(options, screen)
  const clock = systemClock()
  await using network = createNetwork({ clock, allowLocal: options.allowLocal })
  const engine = await openEngine({
    network,
    disk: systemDisk(),
    hash: systemHash(),
    clock,
    random: systemRandom(),
    folder: options.folder,
    upload: options.upload,
    dht: options.dht ? { bootstrap: PUBLIC_DHT_ENTRANCES, verify: verifyEd25519 } : null,
  })
  let server: MediaServer | null = null
  try {
    server = await openMediaServer({ port: options.port ?? 0, otherTypes: 'attach' })
    return await serve(engine.add(options.source), server, options, { screen, stop })
  } catch (error) {
    if (stop.signal.aborted) {
      if (!options.asJson) screen.note('Stopped. Nothing has arrived.')
      return 0
    }
    if (error instanceof PortsTakenError) {
      screen.note(`matinee: port ${options.port ?? 0} is taken; name another with --port`)
      return 1
    }
    if (!(error instanceof TorrentError)) throw error
    return sayFailed(options, screen, error.code, failedWords(error, options))
  } finally {
    await closeInTime(Promise.all([server?.close(), engine[Symbol.asyncDispose]()]))
  }
}

/** The exit code. */
function sayFailed({ asJson }: StreamOptions, screen: Screen, code: string, words: string): number {
  if (asJson) screen.event({ event: 'failed', code, message: words })
  screen.note(`matinee: ${words}`)
  return 1
}

function failedWords(error: TorrentError, { folder }: StreamOptions): string {
  if (error.code !== 'disk') return error.message
  return `nothing more can be kept in ${folder} (${error.message}); make room there, or name another folder with --dir`
}

async function readStreamOptions(args: readonly string[]): Promise<StreamOptions> {
  const { values, positionals } = readOptions(args, {
    file: { type: 'string' },
    dir: { type: 'string' },
    port: { type: 'string' },
    player: { type: 'string' },
    'no-upload': { type: 'boolean', default: false },
    'no-dht': { type: 'boolean', default: false },
    'allow-local': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const player = PLAYERS.find((name) => name === values.player) ?? null
  if (values.player !== undefined && player === null)
    throw new UsageError(`--player ${values.player} is none of ${PLAYERS.join(', ')}`)
  const source = await readTorrent(readOnly(positionals, 'a torrent file or a magnet link'))
  const fileNumber = readFileNumber(values.file)
  // Said before anything is opened, where it can be known already.
  if (source.kind === 'metainfo') chooseFile(source.metainfo, fileNumber, [])
  return {
    source,
    fileNumber,
    folder: readFolder(values.dir, join(defaultDataFolder(), 'stream')),
    port: readPort(values.port),
    player,
    upload: !values['no-upload'],
    dht: !values['no-dht'] && !values['allow-local'],
    allowLocal: values['allow-local'],
    asJson: values.json,
  }
}

function readFileNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,6}$/u.test(text)) return Number(text)
  throw new UsageError(`--file ${text} is not a number from 1 on`)
}

/** Before the first byte leaves: what others will get, and how to have it otherwise. */
function sayStart({ upload, asJson }: StreamOptions, screen: Screen): void {
  if (asJson) screen.event({ event: 'start', uploads: upload })
  else if (upload)
    screen.line(
      'While it plays, what has arrived is passed on to others, and they see your IP address.\n' +
        '(--no-upload passes nothing on. The address is seen all the same.)',
    )
  else screen.line('Nothing is passed on to others. They still see your IP address.')
}

interface Surroundings {
  readonly screen: Screen
  readonly stop: StopSignal
}

async function serve(
  torrent: Torrent,
  server: MediaServer,
  options: StreamOptions,
  { screen, stop }: Surroundings,
): Promise<number> {
  let file: TorrentFile | null = null
  const notes = new WaitNotes()
  const failed = Promise.withResolvers<never>()
  const report = (): void => {
    const { phase } = torrent.status()
    if (phase.kind === 'failed') failed.reject(new TorrentError(phase.code, phase.message))
    const progress = progressOf(torrent, file)
    if (options.asJson) screen.event({ ...progress })
    else if (screen.isTerminal) screen.passing(progressWords(progress))
    else {
      const words = notes.due(progress.waiting, performance.now())
      if (words !== null) screen.note(words)
    }
  }
  // Failing while the metadata is waited for is told there as well.
  failed.promise.catch(() => {})
  report()
  const timer = setInterval(report, SECOND_MS)
  try {
    const metainfo = await metainfoOf(torrent, options.source, stop.signal)
    const picked = options.source.kind === 'magnet' ? options.source.magnet.files : []
    file = chooseFile(metainfo, options.fileNumber, picked)
    const served = server.serve(torrentMediaFile(torrent, file, metainfo), file.index)
    const name = file.path.at(-1) ?? metainfo.name
    if (options.asJson)
      screen.event({
        event: 'ready',
        url: served.url,
        file: file.index + 1,
        name,
        length: file.length,
      })
    else screen.line(`Open this address in a player:\n\n    ${served.url}\n\nStop with Ctrl-C.`)
    const ends: Promise<void>[] = [stop.stopped, failed.promise]
    if (options.player !== null) ends.push(playerEnd(options.player, served.url, stop.signal))
    await Promise.race(ends)
    report()
    if (!options.asJson) screen.note(stoppedWords(torrent))
    return 0
  } finally {
    clearInterval(timer)
  }
}

function stoppedWords(torrent: Torrent): string {
  return torrent.status().bytes.verified === 0
    ? 'Stopped. Nothing has arrived.'
    : 'Stopped. What has arrived stays on the disk.'
}

/** A torrent file says everything at once; of a magnet link somebody must tell. */
async function metainfoOf(
  torrent: Torrent,
  source: TorrentSource,
  signal: AbortSignal,
): Promise<Metainfo> {
  return source.kind === 'metainfo' ? source.metainfo : torrent.metainfo(signal)
}

async function playerEnd(name: PlayerName, url: string, signal: AbortSignal): Promise<void> {
  await using player = await startPlayer(name, url)
  await Promise.race([
    player.ended,
    new Promise((resolve) => signal.addEventListener('abort', resolve)),
  ])
}
