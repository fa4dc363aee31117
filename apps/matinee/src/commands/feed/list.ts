import { systemClock } from '@matinee/engine/system'
import type { Command, Screen } from '../../command.ts'
import { counted, readDir, readWhole } from '../../feed/bundled-folder.ts'
import {
  listCandidates,
  listOffered,
  listSigned,
  type ListedEpisodes,
  type ListedWork,
} from '../../feed/feed-listing.ts'
import { checkSignedFolder, findSignedFolder, worksById } from '../../feed/signed-folder.ts'
import { readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { dayOf } from '../../publisher/calendar.ts'

const HELP = `Usage: matinee feed list [DIR] [--candidates] [--json]

The works on offer in the feed in DIR (default: the starter feed of this copy of
Matinee), each with its licence and where it is offered.

  --candidates  the works that wait, and what for, instead of those on offer
  --json        print one JSON object a line
`

/** `matinee feed list`. */
export const listCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    candidates: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const works = await worksIn(readDir(positionals), values.candidates, screen)
  if (works === null) return 1
  for (const work of works)
    if (values.json) screen.event({ event: 'work', ...work })
    else sayWork(work, screen)
  if (works.length === 0 && !values.json)
    screen.line(values.candidates ? 'No work waits.' : 'No work is on offer.')
  return 0
}

function sayWork(work: ListedWork, screen: Screen): void {
  const { id, title, year, episodes, licence, places, waitsFor } = work
  screen.line(plainLine(year === null ? title : `${title} (${year})`))
  screen.line(`  id        ${id}`)
  if (episodes !== null) screen.line(`  episodes  ${episodeWords(episodes)}`)
  screen.line(plainLine(`  licence   ${licence}`))
  if (waitsFor === null) screen.line(`  offered   ${places}`)
  else {
    screen.line(plainLine(`  waits for ${waitsFor}`))
    screen.line(`  offered   not yet; where its rights allow it: ${places}`)
  }
}

function episodeWords({ seasons, count, filmed }: ListedEpisodes): string {
  const whole = `${count} in ${counted(seasons, 'season')}`
  return filmed === count ? whole : `${whole}, ${filmed} of them with a film`
}

/** The works of the feed in a folder; `null` after it was said why there are none. */
async function worksIn(
  folder: string,
  areCandidates: boolean,
  screen: Screen,
): Promise<readonly ListedWork[] | null> {
  const signed = await findSignedFolder(folder)
  if (signed === null) {
    const feed = await readWhole(folder, screen)
    return feed === null ? null : areCandidates ? listCandidates(feed) : listOffered(feed)
  }
  const checked = await checkSignedFolder(signed)
  if (checked.kind === 'refused') {
    const { file, why } = checked.refusal
    screen.note(plainLine(`matinee: ${signed.path} can't be read: ${file} ${why}`))
    return null
  }
  // feed-format 12.7: candidates aren't in a signed feed.
  if (areCandidates) return []
  return listSigned(worksById(checked), checked.decisions, dayOf(systemClock().wallMs()))
}
