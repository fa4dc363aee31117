import { stat } from 'node:fs/promises'
import {
  FolderClaimedError,
  NewerDataError,
  openProfileList,
  type NamedProfile,
} from '@matinee/viewer'
import { UsageError, type Command, type Screen } from '../command.ts'
import { defaultDataFolder, readFolder } from '../data-folder.ts'
import { readOnly, readOptions } from '../options.ts'
import { plainLine } from '../plain-text.ts'
import { newerWords } from '../refusal-words.ts'

const HELP = `Usage: matinee profile list [options]
       matinee profile reset NAME [options]

Lists the profiles of this computer's Matinee, or takes the PIN of one away when it was
forgotten. Its shelf and everything else stays. The first profile, while it has no name, is
called "first". Matinee must not be running meanwhile.

Whoever can use your account on this computer can do this: a PIN keeps children on their own
pages, and no secrets.

Options:
  --data DIR    the folder that Matinee keeps its things in
                (default ${defaultDataFolder()})
`

/** `matinee profile`. */
export const profileCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, { data: { type: 'string' } })
  const [act, ...rest] = positionals
  if (act !== 'list' && act !== 'reset')
    throw new UsageError(
      act === undefined ? 'say "list" or "reset"' : `there is no "profile ${act}"`,
    )
  if (act === 'list' && rest[0] !== undefined)
    throw new UsageError(`"${rest[0]}" is one argument too many`)
  const reset = act === 'reset' ? readOnly(rest, "the profile's name") : null
  const folder = readFolder(values.data, defaultDataFolder())
  if ((await stat(folder).catch(() => null))?.isDirectory() !== true)
    throw new UsageError(`there is no data of Matinee in ${folder}; name its folder with --data`)
  try {
    const profiles = await openProfileList(folder, reset)
    if (profiles === null) {
      screen.note(
        `matinee: nobody is called "${plainLine(reset ?? '')}"; "matinee profile list" names all`,
      )
      return 1
    }
    if (reset !== null) screen.line(`The PIN of "${plainLine(reset)}" is gone.`)
    for (const profile of profiles) screen.line(lineOf(profile))
    return 0
  } catch (error) {
    if (error instanceof NewerDataError) {
      screen.note(`matinee: ${newerWords(error.path, '--data')}`)
      return 1
    }
    if (!(error instanceof FolderClaimedError)) throw error
    screen.note(
      'matinee: Matinee is running; stop it (Ctrl-C where it was started), then try again',
    )
    return 1
  }
}

function lineOf({ name, hasPin, ageLimit }: NamedProfile): string {
  const whose = ageLimit === null ? 'a grown-up' : `a child, up to ${ageLimit} years`
  return `  ${plainLine(name ?? 'first')}: ${whose}, ${hasPin ? 'with a PIN' : 'no PIN'}`
}
