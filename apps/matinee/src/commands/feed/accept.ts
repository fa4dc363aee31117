import { resolve } from 'node:path'
import { CatalogueError } from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { acceptCandidate } from '../../harvest/acceptance.ts'
import { readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { PublisherError } from '../../publisher/publisher-error.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'

const HELP = `Usage: matinee feed accept HARVEST CANDIDATE DIR --by NAME [--by NAME] [--answered]

Takes a candidate of the folder HARVEST ("matinee feed harvest") into the publisher's
folder DIR: its record with the rights confirmed, its release, its evidence. You say by it
that you read the sheet and the pages that were kept, and that they show what the record
says. It comes into the feed when you sign and publish.

  --by NAME    a pseudonym of who checked, always the same for one person; what rests on
               the public domain or a permission needs two
  --answered   every question of the sheet is answered
`

/** `matinee feed accept`. */
export const acceptCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    by: { type: 'string', multiple: true, default: [] },
    answered: { type: 'boolean', default: false },
  })
  const [harvest, key, folder, extra] = positionals
  if (harvest === undefined || key === undefined || folder === undefined)
    throw new UsageError('the harvest, the candidate or the publisher’s folder is missing')
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  if (values.by.length === 0) throw new UsageError('--by is missing: who checked it?')
  const on = parseCalendarDate(new Date().toISOString().slice(0, 10))
  if (on === null) throw new UsageError('the clock of this computer is wrong')
  try {
    const publisher = await PublisherFolder.open(folder)
    const order = { harvest: resolve(harvest), key, checkers: values.by, on }
    const id = await acceptCandidate(publisher, { ...order, isAnswered: values.answered })
    screen.line(`${id} is in ${publisher.path}; sign and publish to offer it`)
    return 0
  } catch (error) {
    const isRefused = error instanceof CatalogueError || error instanceof PublisherError
    if (isRefused) throw new UsageError(plainLine(error.message), { cause: error })
    throw error
  }
}
