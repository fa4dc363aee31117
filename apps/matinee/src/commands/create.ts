import { resolve } from 'node:path'
import { KIB, MIB } from '@matinee/base'
import {
  CreateError,
  createTorrent,
  type CreateErrorCode,
  type CreatedTorrent,
} from '@matinee/engine/create'
import {
  MetainfoError,
  parseTrackerUrl,
  parseWebSeedUrl,
  type MetainfoKind,
} from '@matinee/protocol'
import { UsageError, type Command, type Screen } from '../command.ts'
import { fileNameOf } from '../file-name.ts'
import { writeNewFile } from '../new-file.ts'
import { readOptions } from '../options.ts'
import { refusalWords } from '../refusal-words.ts'
import { sizeWords } from '../size-words.ts'
import { listenForStop } from '../stop-signal.ts'
import { magnetOf } from './torrent-facts.ts'

const HELP = `Usage: matinee create <file or folder>… [options]

Makes a torrent file of films on this computer. Every byte is read once; nothing is
changed and nothing is sent.

Options:
  --out FILE          write to FILE (default: the torrent's name and ".torrent", here)
  --force             write over a FILE that is there
  --name NAME         the torrent's name (needed with several files)
  --kind KIND         hybrid (default: programs of every age read it), v2 or v1
  --piece-length N    such as 256K or 1M: a power of two from 16K to 128M (default by size)
  --aligned           v1 only: let every file begin with a piece, as in hybrid torrents
  --tracker URL       ask here for people; may be given several times
  --web-seed URL      the files are here, too; may be given several times
  --comment TEXT      a remark for people
  --private           only the trackers above may name people
  --json              print one JSON object a line: "progress", then "created"

Example:
  matinee create my-film/ --tracker https://tracker.example/announce
`

/** `matinee create`. */
export const createCommand: Command = { help: HELP, run }

const PROGRESS_MS = 500

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    out: { type: 'string', short: 'o' },
    force: { type: 'boolean', default: false },
    name: { type: 'string' },
    kind: { type: 'string', default: 'hybrid' },
    'piece-length': { type: 'string' },
    aligned: { type: 'boolean', default: false },
    tracker: { type: 'string', multiple: true, default: [] },
    'web-seed': { type: 'string', multiple: true, default: [] },
    comment: { type: 'string' },
    private: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  if (positionals.length === 0) throw new UsageError('a file or a folder is missing')
  const kind = readKind(values.kind)
  if (values.aligned && kind !== 'v1') throw new UsageError('--aligned is for --kind v1')
  const pieceLength = readPieceLength(values['piece-length'])
  const trackers = readUrls(values.tracker, '--tracker', parseTrackerUrl)
  const webSeeds = readUrls(values['web-seed'], '--web-seed', parseWebSeedUrl)
  using stop = listenForStop()
  const report = progressReporter(screen, values.json)
  try {
    const made = await createTorrent({
      paths: positionals.map((path) => resolve(path)),
      kind,
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(pieceLength === undefined ? {} : { pieceLength }),
      ...(kind === 'v1' ? { aligned: values.aligned } : {}),
      trackers: trackers.map((url) => [url]),
      webSeeds,
      ...(values.comment === undefined ? {} : { comment: values.comment }),
      isPrivate: values.private,
      signal: stop.signal,
      onProgress: ({ doneBytes, totalBytes }) => report(doneBytes, totalBytes),
    })
    const out = resolve(values.out ?? `${fileNameOf(made.metainfo.name) || 'torrent'}.torrent`)
    await writeNewFile(out, made.bytes, values.force)
    say(made, out, screen, values.json)
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      screen.note('Stopped. No torrent was written.')
      return 1
    }
    if (error instanceof CreateError) throw new UsageError(createWords(error), { cause: error })
    if (error instanceof MetainfoError)
      throw new UsageError(`no torrent can be made of that: ${error.message}`, { cause: error })
    throw error
  }
}

function say({ metainfo }: CreatedTorrent, out: string, screen: Screen, asJson: boolean): void {
  const { v1, v2 } = metainfo.infoHashes
  const magnet = magnetOf(metainfo)
  if (asJson) {
    screen.event({ event: 'created', path: out, infoHashV1: v1, infoHashV2: v2, magnet })
    return
  }
  screen.line(`Made ${out}`)
  if (v1 !== null) screen.line(`  info-hash    ${v1} (v1)`)
  if (v2 !== null) screen.line(`  info-hash    ${v2} (v2)`)
  screen.line(`  magnet link  ${magnet}`)
}

/** What can be done about it, where the message doesn't say so. */
const CREATE_ADVICE: Readonly<Partial<Record<CreateErrorCode, string>>> = {
  symlink: 'name what it points to instead',
  changed: 'start again when nobody writes to it',
}

function createWords(error: CreateError): string {
  const why =
    error.cause === undefined || error.code === 'not-found' ? '' : `: ${refusalWords(error)}`
  const advice = CREATE_ADVICE[error.code]
  return `${error.message}${why}${advice === undefined ? '' : `; ${advice}`}`
}

function progressReporter(
  screen: Screen,
  asJson: boolean,
): (doneBytes: number, totalBytes: number) => void {
  let lastMs = performance.now()
  return (doneBytes, totalBytes) => {
    const nowMs = performance.now()
    if (nowMs - lastMs < PROGRESS_MS && doneBytes < totalBytes) return
    lastMs = nowMs
    if (asJson) screen.event({ event: 'progress', doneBytes, totalBytes })
    else screen.passing(`Reading: ${sizeWords(doneBytes)} of ${sizeWords(totalBytes)}`)
  }
}

function readKind(text: string): MetainfoKind {
  if (text === 'hybrid' || text === 'v2' || text === 'v1') return text
  throw new UsageError(`--kind ${text} is none of hybrid, v2, v1`)
}

function readPieceLength(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const match = /^(\d{1,9})([KM]?)$/iu.exec(text)
  const unit = { '': 1, K: KIB, M: MIB }[match?.[2]?.toUpperCase() ?? ''] ?? 1
  const length = Number(match?.[1] ?? 0) * unit
  const isPowerOfTwo = length > 0 && Number.isInteger(Math.log2(length))
  if (isPowerOfTwo && length >= 16 * KIB && length <= 128 * MIB) return length
  throw new UsageError(`--piece-length ${text} is not a power of two from 16K to 128M`)
}

function readUrls(
  texts: readonly string[],
  option: string,
  parse: (text: string) => string | null,
): string[] {
  return texts.map((text) => {
    const url = parse(text)
    if (url === null) throw new UsageError(`${option} ${text} is not a usable address`)
    return url
  })
}
