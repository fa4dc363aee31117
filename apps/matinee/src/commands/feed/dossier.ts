import { resolve } from 'node:path'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readDir, readWhole } from '../../feed/bundled-folder.ts'
import { dossierPage } from '../../feed/dossier-page.ts'
import { DOSSIER_LANGUAGES } from '../../feed/dossier-words.ts'
import { writeNewFile } from '../../new-file.ts'
import { readOptions } from '../../options.ts'

const HELP = `Usage: matinee feed dossier [DIR] [--out FILE] [--force] [--language en|fr]

One page about the feed in DIR (default: the starter feed of this copy of Matinee) to
print or hand in: operator, works, licence and evidence, access, declaration, contact.

  --out FILE    write the dossier to FILE (default: standard output); it is HTML
  --force       write over a FILE that is there
  --language L  the dossier's language: en (default) or fr
`

/** `matinee feed dossier`. */
export const dossierCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    out: { type: 'string', short: 'o' },
    force: { type: 'boolean', default: false },
    language: { type: 'string', default: 'en' },
  })
  const language = DOSSIER_LANGUAGES.find((each) => each === values.language)
  if (language === undefined)
    throw new UsageError(`--language ${values.language} is none of ${DOSSIER_LANGUAGES.join(', ')}`)
  const feed = await readWhole(readDir(positionals), screen)
  if (feed === null) return 1
  const page = dossierPage(feed, language)
  if (values.out === undefined) screen.line(page.trimEnd())
  else {
    const path = resolve(values.out)
    await writeNewFile(path, page, values.force)
    screen.line(`wrote ${path}`)
  }
  return 0
}
