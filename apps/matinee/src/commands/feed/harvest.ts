import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { GIB } from '@matinee/base'
import { CatalogueError, parseTracker, parseWebAddress } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { UsageError, type Command, type Screen } from '../../command.ts'
import type { HarvestStep, HarvestTools } from '../../harvest/harvest-tools.ts'
import { LIST_LIMITS, parseCandidates, type Candidate } from '../../harvest/candidate.ts'
import { PoliteWeb } from '../../harvest/fetch/polite-web.ts'
import { HarvestError } from '../../harvest/harvest-error.ts'
import { MOST_FOUND, harvest, searchArchive } from '../../harvest/harvest.ts'
import { readOnly, readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { refusalWords } from '../../refusal-words.ts'
import { buildRelease } from '../../release/build-release.ts'
import { findFfmpeg } from '../../release/ffmpeg.ts'
import { sizeWords } from '../../size-words.ts'
import { listenForStop } from '../../stop-signal.ts'

const HELP = `Usage: matinee feed harvest FOLDER [--list FILE] [--search QUERY [--most N]] …

Looks at candidates for a feed, one after another, and writes a sheet about each for a
person who decides. Publishes nothing: "matinee feed accept" takes a work over.

For each candidate it fetches what is said of its rights, the pages that show it, the film
and its subtitles; compares hashes; builds the release; drafts the record. FOLDER keeps all
of it. Called again it goes on where it stopped, with what failed before once more.

  --list FILE      candidates, as docs/harvest.md describes them (JSON)
  --search QUERY   what the Internet Archive finds for QUERY besides
  --most N         at most N candidates of the search (default: 20)
  --archive URL    another server that answers as the Internet Archive does
  --tracker URL    a tracker for the releases (as often as needed)
  --web-seed URL   a web seed for the releases: the folder that will hold theirs
  --largest GB     the largest film that is fetched, in gigabytes (default: 50)
  --json           print one JSON object a line
  --allow-local    let addresses of this computer be asked (for tests)

One question is asked at a time, and a host is left in peace between two. One that says it
has too much to do is asked again when it says so, or in the next call. Hosts see your IP
address, and that Matinee asks.
`

/** `matinee feed harvest`. */
export const harvestCommand: Command = { help: HELP, run }

const DEFAULT_ARCHIVE = 'https://archive.org'
const PROGRESS_MS = 500

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    list: { type: 'string' },
    search: { type: 'string' },
    most: { type: 'string', default: '20' },
    archive: { type: 'string', default: DEFAULT_ARCHIVE },
    tracker: { type: 'string', multiple: true, default: [] },
    'web-seed': { type: 'string', multiple: true, default: [] },
    largest: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    'allow-local': { type: 'boolean', default: false },
  })
  const folder = resolve(readOnly(positionals, 'the folder of the harvest'))
  const most = readNumber(values.most, '--most', MOST_FOUND)
  const listed = values.list === undefined ? [] : await readList(resolve(values.list))
  using stop = listenForStop()
  const clock = systemClock()
  await using network = createNetwork({ clock, allowLocal: values['allow-local'] })
  const tools: HarvestTools = {
    web: new PoliteWeb(network.http, clock),
    clock,
    archive: readAddress(values.archive, '--archive').replace(/\/+$/u, ''),
    build: buildRelease,
    ffmpeg: await findFfmpeg(),
    trackers: values.tracker.map((each) => readTracker(each)),
    webSeeds: values['web-seed'].map((each) => readAddress(each, '--web-seed')),
    maxFilmBytes: readNumber(values.largest, '--largest', 10_000) * GIB,
    onStep: stepTeller(screen, values.json),
  }
  try {
    const found =
      values.search === undefined
        ? []
        : await searchArchive(tools, values.search, most, stop.signal)
    const summary = await harvest(tools, folder, [...found, ...listed], stop.signal)
    const { ready, refused, failed } = summary
    if (values.json) screen.event({ event: 'harvested', folder, ...summary })
    else {
      screen.line(`${ready} ready for a decision, ${refused} that can't become works`)
      if (failed > 0) screen.line(`${failed} that failed: call it again to try them once more`)
      screen.line(`Open ${folder}/review.html`)
    }
    return failed > 0 ? 1 : 0
  } catch (error) {
    if (stop.signal.aborted) {
      screen.note('matinee: stopped; called again, it goes on from here')
      return 1
    }
    if (error instanceof HarvestError) throw new UsageError(plainLine(error.message))
    throw error
  }
}

async function readList(path: string): Promise<readonly Candidate[]> {
  const size = await stat(path).then(
    (facts) => facts.size,
    (error: unknown) => {
      throw new UsageError(`${path} can't be read: ${refusalWords(error)}`, { cause: error })
    },
  )
  if (size > LIST_LIMITS.bytes) throw new UsageError(`${path} is too large for a list`)
  try {
    const parsed = parseCandidates(new Uint8Array(await readFile(path)))
    if (parsed.kind === 'candidates') return parsed.candidates
    throw new UsageError(plainLine(`${path}: ${parsed.problems.join('; ')}`))
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    throw new UsageError(`${path} is no list of candidates: ${error.message}`, { cause: error })
  }
}

function stepTeller(screen: Screen, asJson: boolean): (key: string, step: HarvestStep) => void {
  let lastMs = 0
  let last = ''
  return (key, step) => {
    const name = `${key} ${step.kind}`
    const nowMs = performance.now()
    if (name === last && nowMs - lastMs < PROGRESS_MS) return
    const isNew = name !== last
    last = name
    lastMs = nowMs
    if (asJson) screen.event({ event: 'step', candidate: key, ...step })
    else if (screen.isTerminal) screen.passing(plainLine(`${key}: ${stepWords(step)}`))
    else if (isNew) screen.line(plainLine(`${key}: ${step.kind}`))
  }
}

function stepWords(step: HarvestStep): string {
  switch (step.kind) {
    case 'reading':
      return 'reading what is said of it'
    case 'fetching': {
      const of = step.totalBytes === null ? '' : ` of ${sizeWords(step.totalBytes)}`
      return `fetching ${sizeWords(step.doneBytes)}${of}`
    }
    case 'building':
      return `building its release (${step.progress.step})`
  }
}

function readNumber(text: string, option: string, most: number): number {
  const number = /^[1-9]\d{0,6}$/u.test(text) ? Number(text) : Number.NaN
  if (!(number <= most)) throw new UsageError(`${option} ${text} is not a number from 1 to ${most}`)
  return number
}

function readAddress(text: string, option: string): string {
  const address = parseWebAddress(text)
  if (address === null) throw new UsageError(`${option} ${text} is not a usable address`)
  return address
}

function readTracker(text: string): string {
  const address = parseTracker(text)
  if (address === null) throw new UsageError(`--tracker ${text} is not a usable address`)
  return address
}
