import type { Command, Screen } from '../../command.ts'
import { readOnly, readOptions } from '../../options.ts'
import { publishNext } from '../../publisher/publication.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'

const HELP = `Usage: matinee feed publish DIR [--json]

Puts what was signed into DIR/feed. Whoever reads it meanwhile, or after a power cut,
finds the old version or the new one, never a mixture. No key is needed. DIR/feed is
then a whole mirror: copy it to web servers, sticks, and other people.

  --json   print one JSON object
`

/** `matinee feed publish`. */
export const publishCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } })
  const folder = await PublisherFolder.open(readOnly(positionals, "the publisher's folder"))
  const { version, files, switches } = await publishNext(folder)
  const count = files.length + switches.length
  if (values.json)
    screen.event({ event: 'published', folder: folder.feedFolder, version, files: count })
  else screen.line(`published: version ${version}, ${count} new files in ${folder.feedFolder}`)
  return 0
}
