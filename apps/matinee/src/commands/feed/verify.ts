import type { Command, Screen } from '../../command.ts'
import { readDir } from '../../feed/bundled-folder.ts'
import { verifyBundled } from '../../feed/bundled-verdict.ts'
import { readOptions } from '../../options.ts'

const HELP = `Usage: matinee feed verify [DIR] [--json]

Checks the feed in the folder DIR (default: the starter feed of this copy of Matinee)
as the application would: manifest, records, hashes, pictures, sources and rights.
Names each problem with its file, the place in it (a JSON Pointer) and what to do.
Asks nobody; changes nothing. Exit code 0: no problem; 1: problems.

  --json   print one JSON object a line
`

/** `matinee feed verify`. */
export const verifyCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } })
  return await verifyBundled(readDir(positionals), values.json, screen)
}
