import {
  feedTorrent,
  feedTorrentFile,
  feedTorrentPaths,
  POINTER_BYTES,
  POINTER_FILE,
  readPointer,
  workPaths,
} from '@matinee/catalogue'
import { systemSignatures } from '@matinee/catalogue/node'
import { systemHash } from '@matinee/engine/system'
import type { Screen } from '../command.ts'
import { plainLine } from '../plain-text.ts'
import { dayOf } from '../publisher/calendar.ts'
import { groupedHex } from '../publisher/publisher-options.ts'
import type { GoodVersion } from '../publisher/version-check.ts'
import { counted } from './bundled-folder.ts'
import { type SignedFolder, checkSignedFolder } from './signed-folder.ts'

/** The largest file that a feed may have. */
const MOST_BYTES = 16 * 1024 * 1024

/** What a folder that passes for a mirror hasn't; a reader does without. */
interface Gaps {
  /** Pictures and head packs that works name and that aren't there. */
  readonly missing: readonly string[]
  /** `none` = there is no pointer; `other` = it's to another version, or nobody's. */
  readonly pointer: 'good' | 'none' | 'other'
}

/** Checks a signed feed, and says what is wrong with it. Resolves with the exit code. */
export async function verifySigned(
  folder: SignedFolder,
  isJson: boolean,
  screen: Screen,
): Promise<number> {
  const checked = await checkSignedFolder(folder)
  const { path, fingerprint } = folder
  if (checked.kind === 'refused') {
    const { code, file, why } = checked.refusal
    if (isJson)
      screen.event({
        event: 'verified',
        folder: path,
        trust: 'signed',
        fingerprint,
        problems: [{ file, code, why }],
      })
    else {
      screen.line(plainLine(`${file}: ${why} (${code})`))
      screen.line(
        '    a reader keeps what it had before; copy the feed anew from its publisher or a mirror',
      )
    }
    return 1
  }
  const gaps = await findGaps(folder, checked)
  if (isJson)
    screen.event({ event: 'verified', folder: path, ...factsOf(checked, gaps), fingerprint })
  else sayGood(folder, checked, gaps, screen)
  return 0
}

async function findGaps({ source }: SignedFolder, { feed, records }: GoodVersion): Promise<Gaps> {
  const missing: string[] = []
  for (const path of new Set(records.flatMap(workPaths)))
    if ((await source(path, MOST_BYTES)) === null) missing.push(path)
  return { missing, pointer: await pointerState(source, feed, records) }
}

async function pointerState(
  source: SignedFolder['source'],
  feed: GoodVersion['feed'],
  records: GoodVersion['records'],
): Promise<Gaps['pointer']> {
  const bytes = await source(POINTER_FILE, POINTER_BYTES)
  if (bytes === null) return 'none'
  const pointer = readPointer(bytes, systemSignatures())
  const hash = systemHash()
  const files = []
  for (const path of feedTorrentPaths(feed, records).paths) {
    const content = await source(path, MOST_BYTES)
    if (content === null) return 'other'
    files.push(feedTorrentFile(path, content, hash))
  }
  return pointer?.infoHash === feedTorrent(files, hash).infoHash ? 'good' : 'other'
}

function factsOf(checked: GoodVersion, gaps: Gaps): Readonly<Record<string, unknown>> {
  const { feed, freshness, works, leftOut, newer, decisions, head } = checked
  return {
    trust: 'signed',
    names: head?.translations ?? {},
    version: feed.timestamp.version,
    root: feed.root.version,
    freshness: freshness.kind,
    until: dayOf(freshness.kind === 'fresh' ? freshness.untilMs : freshness.sinceMs),
    works,
    newer,
    leftOut,
    withdrawn: decisions.filter(({ revocation }) => revocation.state === 'revoked').length,
    curators: feed.curators.map(({ role }) => role.name),
    ...gaps,
    problems: [],
  }
}

function sayGood(
  { path, fingerprint }: SignedFolder,
  checked: GoodVersion,
  gaps: Gaps,
  to: Screen,
): void {
  const { feed, freshness, works, leftOut, newer, decisions, head } = checked
  const [name] = Object.values(head?.translations ?? {}).map((each) => each.name)
  to.line(plainLine(`${name ?? path}: no problem found`))
  to.line(`  fingerprint  ${groupedHex(fingerprint)}`)
  to.line(`  version      ${feed.timestamp.version}, under root ${feed.root.version}`)
  if (freshness.kind === 'fresh') to.line(`  holds until  ${dayOf(freshness.untilMs)}`)
  else
    to.line(
      `  expired      ${dayOf(freshness.sinceMs)} (${freshness.role}); its works go on playing`,
    )
  const withdrawn = decisions.filter(({ revocation }) => revocation.state === 'revoked').length
  to.line(`  works        ${works}${withdrawn === 0 ? '' : `, ${withdrawn} of them withdrawn`}`)
  if (newer > 0) to.line(`  ${counted(newer, 'record')} for a newer Matinee`)
  for (const { role } of feed.curators) to.line(`  curator      ${role.name}`)
  for (const { file, why } of leftOut) to.line(plainLine(`  left out     ${file} ${why}`))
  for (const path_ of gaps.missing) to.line(`  isn't here   ${path_}`)
  if (gaps.pointer === 'other') to.line('  pointer      not to this version as it is here')
}
