import type { Command, Screen } from '../../command.ts'
import { readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { signCurator } from '../../publisher/curator-signing.ts'
import { dayOf } from '../../publisher/calendar.ts'
import { KEY_HELP, KEY_OPTIONS, openSigning } from '../../publisher/publisher-options.ts'
import { parseSettings } from '../../publisher/publisher-settings.ts'
import { signNext } from '../../publisher/signing.ts'
import { sizeWords } from '../../size-words.ts'

const HELP = `Usage: matinee feed sign DIR [options]

Makes the next version of the feed in DIR of all works, pictures, lists, decisions and
curators that are there, signs what changed, reads it as a stranger would, and keeps it
in DIR/feed.next until "matinee feed publish". When nothing changed, only the timestamp
is new, and only its key is asked for. In a curator's folder: signs the curator's works.

${KEY_HELP}  --json               print one JSON object
`

/** `matinee feed sign`. */
export const signCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    ...KEY_OPTIONS,
    json: { type: 'boolean', default: false },
  })
  const parts = await openSigning(positionals, values)
  const { kind } = parseSettings(await parts.folder.settings())
  if (kind.is === 'curator') {
    const { version, works } = await signCurator(parts, kind.role)
    if (values.json) screen.event({ event: 'signed', curator: kind.role, version, works })
    else screen.line(`signed: version ${version} of ${kind.role}, ${works} works`)
    return 0
  }
  const signed = await signNext(parts)
  if (values.json) screen.event({ event: 'signed', ...signed, until: dayOf(signed.untilMs) })
  else {
    const what = signed.isNewEdition ? 'works changed' : 'no work changed'
    screen.line(`signed: version ${signed.version}, ${signed.works} works (${what})`)
    screen.line(
      `  ${sizeWords(signed.newBytes)} of new files; it holds until ${dayOf(signed.untilMs)}`,
    )
    for (const why of signed.leftOut) screen.line(plainLine(`  left out by readers: ${why}`))
    if (!signed.hasPointer)
      screen.line('  no pointer: the timestamp has too many signatures for the DHT')
    if (!signed.hasWorkFiles)
      screen.line('  the torrent is without pictures and head packs: there are too many')
    screen.line('Nobody sees it yet: "matinee feed publish" puts it in place.')
  }
  return 0
}
