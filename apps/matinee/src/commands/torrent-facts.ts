import { formatMagnet, type InfoHashes, type Magnet, type Metainfo } from '@matinee/protocol'
import type { Command, Screen } from '../command.ts'
import { readOnly, readOptions } from '../options.ts'
import { sizeWords } from '../size-words.ts'
import { readTorrent } from '../torrent-argument.ts'

const HELP = `Usage: matinee info <torrent file | magnet link> [--json]

Says what is in a torrent: its name, hashes, files, trackers and web seeds. Asks nobody:
of a magnet link only what stands in the link is known.

Options:
  --json    print one JSON object

The number before each file is the one that "matinee stream --file N" takes.
`

/** `matinee info`. */
export const infoCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } })
  const source = await readTorrent(readOnly(positionals, 'a torrent file or a magnet link'))
  if (source.kind === 'magnet') {
    if (values.json) screen.event({ event: 'info', kind: 'magnet', ...magnetFacts(source.magnet) })
    else sayMagnet(source.magnet, screen)
  } else if (values.json) screen.event({ event: 'info', ...metainfoFacts(source.metainfo) })
  else sayMetainfo(source.metainfo, screen)
  return 0
}

function magnetFacts(magnet: Magnet): Readonly<Record<string, unknown>> {
  return {
    name: magnet.displayName,
    infoHashV1: magnet.infoHashes.v1,
    infoHashV2: magnet.infoHashes.v2,
    trackers: magnet.trackers,
    webSeeds: magnet.webSeeds,
    peers: magnet.peers.length,
  }
}

function metainfoFacts(metainfo: Metainfo): Readonly<Record<string, unknown>> {
  return {
    kind: metainfo.kind,
    name: metainfo.name,
    infoHashV1: metainfo.infoHashes.v1,
    infoHashV2: metainfo.infoHashes.v2,
    length: dataLength(metainfo),
    pieceLength: metainfo.pieceLength,
    pieceCount: metainfo.layout.pieceCount,
    private: metainfo.isPrivate,
    comment: metainfo.comment,
    createdBy: metainfo.createdBy,
    created: createdText(metainfo),
    trackers: metainfo.trackers,
    webSeeds: metainfo.webSeeds,
    files: metainfo.files.map((file) => ({
      number: file.index + 1,
      path: file.path.join('/'),
      length: file.length,
    })),
    magnet: magnetOf(metainfo),
  }
}

/** The magnet link of a torrent: what others need to find it. */
export function magnetOf(metainfo: Metainfo): string {
  return formatMagnet({
    infoHashes: metainfo.infoHashes,
    displayName: metainfo.name,
    trackers: metainfo.trackers.flat(),
    webSeeds: metainfo.webSeeds,
  })
}

const KINDS = {
  v1: 'v1 (the older kind)',
  v2: 'v2 (only newer programs read it)',
  hybrid: 'hybrid (v1 and v2 at once)',
} as const

function sayMetainfo(metainfo: Metainfo, screen: Screen): void {
  const files = metainfo.files.length === 1 ? '1 file' : `${metainfo.files.length} files`
  screen.line(metainfo.name)
  screen.line(`  kind         ${KINDS[metainfo.kind]}`)
  screen.line(`  size         ${sizeWords(dataLength(metainfo))} in ${files}`)
  const { layout } = metainfo
  const pieces = layout.pieceCount === 1 ? '1 piece' : `${layout.pieceCount} pieces`
  screen.line(`  pieces       ${pieces} of ${metainfo.pieceLength / 1024} KiB`)
  sayHashes(metainfo.infoHashes, screen)
  if (metainfo.isPrivate) screen.line('  private      yes: only its own trackers name its people')
  if (metainfo.comment !== null) screen.line(`  comment      ${metainfo.comment}`)
  if (metainfo.createdBy !== null) screen.line(`  made with    ${metainfo.createdBy}`)
  const created = createdText(metainfo)
  if (created !== null) screen.line(`  made on      ${created}`)
  sayList('trackers', metainfo.trackers.flat(), screen)
  sayList('web seeds', metainfo.webSeeds, screen)
  screen.line('  files')
  const width = String(metainfo.files.length).length
  for (const file of metainfo.files) {
    const number = String(file.index + 1).padStart(width)
    screen.line(`    ${number}  ${sizeWords(file.length).padStart(9)}  ${file.path.join('/')}`)
  }
}

function sayMagnet(magnet: Magnet, screen: Screen): void {
  screen.line(magnet.displayName ?? 'A magnet link without a name')
  sayHashes(magnet.infoHashes, screen)
  sayList('trackers', magnet.trackers, screen)
  sayList('web seeds', magnet.webSeeds, screen)
  if (magnet.peers.length > 0)
    screen.line(`  people       ${magnet.peers.length} named in the link`)
  screen.line('  The files are known only once somebody who has them was found.')
}

function sayHashes(hashes: InfoHashes, screen: Screen): void {
  if (hashes.v1 !== null) screen.line(`  info-hash    ${hashes.v1} (v1)`)
  if (hashes.v2 !== null) screen.line(`  info-hash    ${hashes.v2} (v2)`)
}

function sayList(title: string, urls: readonly string[], screen: Screen): void {
  for (const [index, url] of urls.entries())
    screen.line(`  ${(index === 0 ? title : '').padEnd(11)}  ${url}`)
}

function createdText({ createdSeconds }: Metainfo): string | null {
  if (createdSeconds === null) return null
  const date = new Date(createdSeconds * 1000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10)
}

function dataLength(metainfo: Metainfo): number {
  return metainfo.files.reduce((sum, file) => sum + file.length, 0)
}
