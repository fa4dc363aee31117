import type { Command, Screen } from '../../command.ts'
import { readDir } from '../../feed/bundled-folder.ts'
import { verifyBundled } from '../../feed/bundled-verdict.ts'
import { findSignedFolder } from '../../feed/signed-folder.ts'
import { verifySigned } from '../../feed/signed-verdict.ts'
import { readOptions } from '../../options.ts'

const HELP = `Usage: matinee feed verify [DIR] [--json]

Checks the feed in the folder DIR (default: the starter feed of this copy of Matinee)
as the application would. Of a bundled feed: manifest, records, hashes, pictures,
sources and rights, each problem with its file, the place in it (a JSON Pointer) and
what to do. Of a signed one, in a publisher's folder or on a mirror: everything from
its first root on, and its fingerprint, by which people know it.
Asks nobody; changes nothing. Exit code 0: no problem; 1: problems.

  --json   print one JSON object a line
`

/** `matinee feed verify`. */
export const verifyCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } })
  const folder = readDir(positionals)
  const signed = await findSignedFolder(folder)
  if (signed !== null) return await verifySigned(signed, values.json, screen)
  return await verifyBundled(folder, values.json, screen)
}
