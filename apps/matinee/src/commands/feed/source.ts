import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseLanguage } from '@matinee/catalogue'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOnly, readOptions } from '../../options.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'
import { SOURCE_FOLDER, nameSource } from '../../source/named-source.ts'
import { OWN_ROOT } from '../../source/own-root.ts'
import { makeSourceRelease } from '../../source/source-release.ts'
import { listenForStop } from '../../stop-signal.ts'

const HELP = `Usage: matinee feed source DIR [--notes LANGUAGE=TEXT]… [--json]

Makes an archive of the source of this copy of Matinee in the publisher's folder DIR, and
its torrent, and names it in the feed: from the next version that you sign, everybody who
follows the feed knows where the program itself is to be had. Every copy of the same
version makes the same bytes.

  --notes LANGUAGE=TEXT   what is new in this version, such as --notes "en=It starts faster";
                          viewers whose copy was published in this feed are told so
  --json                  print one JSON object
`

/** feed-format 12.7. */
const MOST_NOTES_CHARACTERS = 2000

/** `matinee feed source`. */
export const sourceCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    json: { type: 'boolean', default: false },
    notes: { type: 'string', multiple: true, default: [] },
  })
  const notes = readNotes(values.notes)
  const publisher = await PublisherFolder.open(readOnly(positionals, "the publisher's folder"))
  using stop = listenForStop()
  const folder = join(publisher.path, SOURCE_FOLDER)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const release = await makeSourceRelease(OWN_ROOT, folder, stop.signal)
  await nameSource(publisher, release, notes)
  if (values.json) screen.event({ event: 'source', folder, ...release })
  else {
    screen.line(`made ${join(folder, release.name)}`)
    screen.line(`  SHA-256    ${release.sha256}`)
    screen.line(`  info-hash  ${release.infoHash} (v2)`)
    screen.line('It is named in the feed from the next version that you sign.')
  }
  return 0
}

function readNotes(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, tag = '', words = ''] = /^([^=]*)=([^]*)$/u.exec(text) ?? []
      const language = parseLanguage(tag)
      if (language === null || words.trim() === '')
        throw new UsageError(
          `--notes needs LANGUAGE=TEXT, such as "en=It starts faster", not "${text}"`,
        )
      if (words.length > MOST_NOTES_CHARACTERS)
        throw new UsageError(`--notes takes at most ${MOST_NOTES_CHARACTERS} characters a language`)
      return [language, words]
    }),
  )
}
