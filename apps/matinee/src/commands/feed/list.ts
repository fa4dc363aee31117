import type { Command, Screen } from '../../command.ts'
import { readDir, readWhole } from '../../feed/bundled-folder.ts'
import { listCandidates, listOffered, type ListedWork } from '../../feed/feed-listing.ts'
import { readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'

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
  const feed = await readWhole(readDir(positionals), screen)
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
