import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Signer } from '@matinee/base'
import { CatalogueError } from '@matinee/catalogue'
import { CreateError } from '@matinee/engine/create'
import { MetainfoError } from '@matinee/protocol'
import { parseCalendarDate } from '@matinee/rights'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { judgeRecord } from '../../harvest/record-draft.ts'
import { readIntakeOptions, type IntakeOptions } from '../../intake/intake-options.ts'
import { prepareIntake, takeIn, type TakenIn } from '../../intake/intake.ts'
import { termVerdict, type TermFinding } from '../../intake/term-verdict.ts'
import { plainLine } from '../../plain-text.ts'
import { KEY_FILE_BYTES, readKeyFile } from '../../publisher/key-file.ts'
import { openPassphrases } from '../../publisher/passphrase.ts'
import { PublisherError } from '../../publisher/publisher-error.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'
import { openQuestions } from '../../questions.ts'
import { refusalWords } from '../../refusal-words.ts'
import { findFfmpeg } from '../../release/ffmpeg.ts'
import { ReleaseError, type ReleaseProgress } from '../../release/release-order.ts'
import { sizeWords } from '../../size-words.ts'
import { listenForStop } from '../../stop-signal.ts'

const HELP = `Usage: matinee feed add FILM… --feed DIR [options]

Takes a film into the publisher's folder DIR: looks at it, copies it, makes a release of it
(a torrent for programs of every age, subtitles as WebVTT, pictures for the seek bar,
licence and credit in it) and writes its record. On a terminal it asks for what is missing.
Nothing is published before you sign. Several FILMs are one cut in several sizes; in a
series each is an episode: S1E2=FILE, or a file whose name says so (ferry.s01e02.mp4).

A film that not every browser plays at once is refused, with the line that mends it.

The work:
  --id ID --kind feature|short|series --title TEXT --title-language L --year N
  --country C --genre G --language L            as often as needed
  --title-in L=TEXT --synopsis L=TEXT --person ROLE[+ROLE]=NAME
  --external-id wikidata=Q…                     also imdb, eidr, isan, internetArchive
  --donation KIND=WHERE --payee NAME            liberapay=name, payment-link=https://…
  --record FILE     a record (JSON) whose fields hold where no option says otherwise

A series: what is about an episode begins with S1E2:, what is about a season with S1:
  --title-in S1E2:L=TEXT --synopsis S1E2:L=TEXT --aired S1E2:DATE
  --subtitles S1E2:L=FILE --audio S1E2:L=FILE --chapters S1E2:FILE
  With the id of a series that is there, episodes are added to it, as one more release.

Its files:
  --subtitles L[/sdh|forced|commentary]=FILE    SubRip, WebVTT or SubStation Alpha
  --audio L[/description|commentary|music]=FILE sound beside the film, in MP4 or WebM
  --poster FILE --picture ROLE=FILE             made anew by ffmpeg
  --chapters FILE                               WebVTT, a cue for each chapter

Why it is free:
  --licence ID      an SPDX identifier, as CC-BY-4.0; --submission: its maker sent it in
  --own-terms FILE --allow watch|share|screen|translate|remix|sell
  --public-domain   marked so (--submission: by who held the rights)
  --public-domain-term                          its protection has ended: computed from
    --published YEAR[-MONTH] --published-in C   its first publication (default: --year, --country)
    --author ROLE[+ROLE]=NAME/YEAR OF DEATH     as often as needed; NAME/living; ROLE is
                    director, screenplay, dialogue (spoken words) or composer
    --nobody ROLE[+ROLE]                        nobody had it: a silent film has no dialogue
    --us-fact notice|renewed|registered|government|for-hire=yes|no
    --part underlying|music=TITLE; AUTHOR/YEAR OF DEATH; YEAR; COUNTRY
                    what it was made from, and older music in it
  --licence-text FILE                           goes into the torrent
  --territory C --except C                      countries, EU or worldwide (the default)
  --creator NAME --notice TEXT --source URL --requested TEXT --changes TEXT
  --credits-must-play                           who is credited, and how
  --evidence KIND/SPEAKER=FILE --evidence-url URL|- --evidence-on DATE
                    KIND page, email, contract, registry, deposit or submission; SPEAKER
                    rightholder, institution or third-party. The file stays here
  --checked-by NAME a pseudonym; what rests on a permission or the public domain needs two

The release:
  --release ID      its id in the record (default: main; of episodes: s1e2); --label TEXT
  --tracker URL --web-seed URL                  as often as needed
  --maker KEYFILE   sign the record as its maker, with a key of "matinee feed key"
  --passphrase-fd N read that key's passphrase there
  --json            print one JSON object a line: "progress", then "added"
`

/** `matinee feed add`. */
export const addCommand: Command = { help: HELP, run }

const PROGRESS_MS = 500

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, films } = readIntakeOptions(args)
  if (values.feed === undefined) throw new UsageError('--feed is missing: the publisher’s folder')
  using stop = listenForStop()
  try {
    const folder = await PublisherFolder.open(values.feed)
    const today = new Date().toISOString().slice(0, 10)
    using questions = openQuestions()
    const tools = { folder, questions, ffmpeg: await findFfmpeg(), today }
    const intake = await prepareIntake(values, films, tools, stop.signal)
    // The passphrase is asked for by another reader of the terminal.
    questions[Symbol.dispose]()
    const maker = await openMaker(values)
    const report = progressTeller(screen, values.json)
    const taken = await takeIn(intake, folder, maker, report, stop.signal)
    say(taken, today, screen, values.json)
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      screen.note('Stopped. Nothing was added.')
      return 1
    }
    return sayRefused(error, screen, values.json)
  }
}

async function openMaker(values: IntakeOptions): Promise<Signer | null> {
  if (values.maker === undefined) return null
  const path = resolve(values.maker)
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`${path} can't be read: ${refusalWords(error)}`, { cause: error })
  })
  if (bytes.length > KEY_FILE_BYTES) throw new UsageError(`${path} is no key of Matinee`)
  const key = readKeyFile(new Uint8Array(bytes), path)
  return await key.open(await openPassphrases(values['passphrase-fd']).ask(key.name))
}

function say(
  { record, built, candidates, episodes }: TakenIn,
  today: string,
  screen: Screen,
  asJson: boolean,
): void {
  const on = parseCalendarDate(today)
  const { places, missing } = on === null ? { places: [], missing: [] } : judgeRecord(record, on)
  const term = on === null ? [] : termVerdict(record, on)
  const { infoHashes, twin, id } = built.release
  if (asJson) {
    const { notes } = built
    screen.event({
      event: 'added',
      work: record.id,
      release: id,
      episodes,
      infoHashes,
      twin,
      places,
      missing,
      term,
      notes,
      candidates,
    })
    return
  }
  const which = episodes.length === 0 ? '' : ` (${episodes.join(', ')})`
  screen.line(plainLine(`Added ${record.id}: ${record.title.text}${which}`))
  screen.line(plainLine(offeredLine(places, missing, term)))
  for (const { where, says } of term) screen.line(plainLine(`  ${where.padEnd(13)}${says}`))
  if (term.some(({ isFree }) => !isFree) && places.length > 0)
    screen.line(
      '  note         a swarm knows no borders: what is not free everywhere is for no feed that everybody gets',
    )
  if (candidates !== null)
    screen.line(plainLine(`  posters      frames to choose from lie in ${candidates}`))
  for (const note of built.notes) screen.line(plainLine(`  note         ${note}`))
}

function offeredLine(
  places: readonly string[],
  missing: readonly string[],
  term: readonly TermFinding[],
): string {
  if (places.length > 0)
    return `  offered      ${places.join(', ')}, when the feed is signed and published`
  // Where a term is counted from, the findings below say what lacks.
  const lacks = term.length === 0 ? missing.join(', ') : 'somebody who checks the facts'
  return `  offered      nowhere yet; what lacks is ${lacks}`
}

/** What the film or the answers lack, in words; anything else is thrown again. */
function sayRefused(error: unknown, screen: Screen, asJson: boolean): number {
  if (error instanceof ReleaseError) {
    if (asJson)
      screen.event({ event: 'refused', code: error.code, message: error.message, mend: error.mend })
    screen.note(plainLine(`matinee: ${error.message}`))
    if (error.mend !== null) screen.note(plainLine(`This makes one that plays: ${error.mend}`))
    return 1
  }
  if (error instanceof CatalogueError) {
    for (const { at, why, code } of error.problems)
      screen.note(plainLine(`matinee: the record can't be so: ${at} ${why} (${code})`))
    return 1
  }
  if (
    error instanceof PublisherError ||
    error instanceof CreateError ||
    error instanceof MetainfoError
  )
    throw new UsageError(plainLine(error.message), { cause: error })
  throw error
}

function progressTeller(screen: Screen, asJson: boolean): (progress: ReleaseProgress) => void {
  let last = { step: '', ms: 0 }
  return (progress) => {
    const ms = performance.now()
    const { step, doneBytes, totalBytes } = progress
    if (step === last.step && ms - last.ms < PROGRESS_MS && doneBytes < totalBytes) return
    last = { step, ms }
    if (asJson) screen.event({ event: 'progress', ...progress })
    else screen.passing(progressWords(progress))
  }
}

const STEP_WORDS: Readonly<Record<ReleaseProgress['step'], string>> = {
  probing: 'Looking at the film',
  copying: 'Copying the film',
  pictures: 'Making pictures anew',
  thumbnails: 'Making pictures for the seek bar',
  hashing: 'Hashing',
}

function progressWords({ step, doneBytes, totalBytes }: ReleaseProgress): string {
  const of = totalBytes === 0 ? '' : `: ${sizeWords(doneBytes)} of ${sizeWords(totalBytes)}`
  return `${STEP_WORDS[step]}${of}`
}
