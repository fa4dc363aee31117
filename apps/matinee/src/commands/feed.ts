import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BundledFeed, FeedProblem, ReadFeed } from '@matinee/catalogue'
import { UsageError, type Command, type Screen } from '../command.ts'
import { dossierPage } from '../feed/dossier-page.ts'
import { DOSSIER_LANGUAGES } from '../feed/dossier-words.ts'
import { readFeedFolder } from '../feed/feed-folder.ts'
import { listCandidates, listOffered, type ListedWork } from '../feed/feed-listing.ts'
import { judgeFeed } from '../feed/judged-feed.ts'
import { adviceFor } from '../feed/problem-advice.ts'
import { writeNewFile } from '../new-file.ts'
import { readOptions } from '../options.ts'
import { plainLine } from '../plain-text.ts'

const HELP = `Usage: matinee feed verify  [DIR] [--json]
       matinee feed list    [DIR] [--candidates] [--json]
       matinee feed dossier [DIR] [--out FILE] [--force] [--language en|fr]

For curators: looks at a feed of works in the folder DIR (default: the starter feed of
this copy of Matinee). Asks nobody; changes nothing.

  verify        checks the manifest, records, hashes, pictures, sources and rights; names
                each problem with its file, the place in it (a JSON Pointer) and what to
                do. Exit code 0: no problem; 1: problems
  list          the works on offer, each with its licence and where it is offered
  dossier       one page to print or hand in: operator, works, licence and evidence,
                access, declaration, contact

Of verify and list:
  --json        print one JSON object a line

Of list:
  --candidates  the works that wait, and what for, instead of those on offer

Of dossier:
  --out FILE    write the dossier to FILE (default: standard output); it is HTML
  --force       write over a FILE that is there
  --language L  the dossier's language: en (default) or fr
`

/** `matinee feed`. */
export const feedCommand: Command = { help: HELP, run }

const STARTER = fileURLToPath(new URL('../../../../feeds/starter/', import.meta.url))

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const [act = '', ...rest] = args
  switch (act) {
    case 'verify':
      return await verify(rest, screen)
    case 'list':
      return await list(rest, screen)
    case 'dossier':
      return await dossier(rest, screen)
    case '':
      throw new UsageError('verify, list or dossier is missing')
    default:
      throw new UsageError(`"${act}" is none of verify, list, dossier`)
  }
}

async function verify(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } })
  const folder = readDir(positionals)
  const read = judgeFeed(await readFeedFolder(folder))
  if (values.json) screen.event({ event: 'verified', folder, ...factsOf(read) })
  else sayVerified(read, folder, screen)
  return read.kind === 'feed' ? 0 : 1
}

function factsOf(read: ReadFeed): Readonly<Record<string, unknown>> {
  if (read.kind === 'newer') return { ...read, problems: [] }
  if (read.kind === 'refused')
    return {
      kind: read.kind,
      problems: read.problems.map((problem) => ({ ...problem, advice: adviceFor(problem) })),
    }
  const { manifest, offered, candidates, newer, pictures } = read.feed
  return {
    kind: read.kind,
    id: manifest.id,
    trust: manifest.trust,
    offered: offered.length,
    candidates: candidates.length,
    newer: newer.length,
    pictures: pictures.size,
    problems: [],
  }
}

function sayVerified(read: ReadFeed, folder: string, screen: Screen): void {
  if (read.kind === 'feed') return sayWhole(read.feed, screen)
  if (read.kind === 'newer') return screen.line(newerWords(read.minVersion, folder))
  for (const problem of read.problems) {
    const place = problem.at === '' ? '' : ` ${problem.at}`
    screen.line(plainLine(`${problem.file}${place}: ${problem.why} (${problem.code})`))
    screen.line(`    ${adviceFor(problem)}`)
  }
  screen.line(`${counted(read.problems.length, 'problem')}: a feed with any is refused whole.`)
}

function sayWhole(
  { manifest, offered, candidates, newer, pictures }: BundledFeed,
  to: Screen,
): void {
  to.line(`${manifest.id}: no problem found`)
  to.line(
    `  ${counted(offered.length, 'work')} on offer, ${counted(candidates.length, 'candidate')}`,
  )
  if (newer.length > 0) to.line(`  ${counted(newer.length, 'record')} for a newer Matinee`)
  const sourced = manifest.records.filter(({ sourcesSha256 }) => sourcesSha256 !== undefined)
  to.line(`  ${counted(pictures.size, 'picture')}, each as its record says`)
  to.line(`  ${sourced.length} of ${manifest.records.length} records with a source for every field`)
  to.line('  trust: bundled. It is trusted as the application itself is, which it comes with: it')
  to.line('  has no signature and no expiry, and a new version of the application replaces it')
}

async function list(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    candidates: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const feed = await readWhole(positionals, screen)
  if (feed === null) return 1
  const works = values.candidates ? listCandidates(feed) : listOffered(feed)
  for (const work of works)
    if (values.json) screen.event({ event: 'work', ...work })
    else sayWork(work, screen)
  if (works.length === 0 && !values.json)
    screen.line(values.candidates ? 'No work waits.' : 'No work is on offer.')
  return 0
}

function sayWork({ id, title, year, licence, places, waitsFor }: ListedWork, screen: Screen): void {
  screen.line(plainLine(year === null ? title : `${title} (${year})`))
  screen.line(`  id        ${id}`)
  screen.line(plainLine(`  licence   ${licence}`))
  if (waitsFor === null) screen.line(`  offered   ${places}`)
  else {
    screen.line(plainLine(`  waits for ${waitsFor}`))
    screen.line(`  offered   not yet; where its rights allow it: ${places}`)
  }
}

async function dossier(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    out: { type: 'string', short: 'o' },
    force: { type: 'boolean', default: false },
    language: { type: 'string', default: 'en' },
  })
  const language = DOSSIER_LANGUAGES.find((each) => each === values.language)
  if (language === undefined)
    throw new UsageError(`--language ${values.language} is none of ${DOSSIER_LANGUAGES.join(', ')}`)
  const feed = await readWhole(positionals, screen)
  if (feed === null) return 1
  const page = dossierPage(feed, language)
  if (values.out === undefined) screen.line(page.trimEnd())
  else {
    const path = resolve(values.out)
    await writeNewFile(path, page, values.force)
    screen.line(`wrote ${path}`)
  }
  return 0
}

/** The feed, or `null` after its problems were named: then there is nothing to list. */
async function readWhole(
  positionals: readonly string[],
  screen: Screen,
): Promise<BundledFeed | null> {
  const folder = readDir(positionals)
  const read = judgeFeed(await readFeedFolder(folder))
  if (read.kind === 'feed') return read.feed
  const why =
    read.kind === 'newer'
      ? newerWords(read.minVersion, folder)
      : refusedWords(read.problems, folder)
  screen.note(plainLine(`matinee: ${why}`))
  return null
}

function newerWords(minVersion: number, folder: string): string {
  return `${folder} needs a newer Matinee, one that reads version ${minVersion} of the feed format`
}

function refusedWords(problems: readonly FeedProblem[], folder: string): string {
  return `${folder} has ${counted(problems.length, 'problem')}: "matinee feed verify" names them`
}

function readDir(positionals: readonly string[]): string {
  const [folder, extra] = positionals
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  return folder === undefined ? STARTER : resolve(folder)
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
