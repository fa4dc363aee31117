import { resolve } from 'node:path'
import { equalBytes } from '@matinee/base'
import { type ListedWork, parseSha256, readFollowedList } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { systemClock, systemDisk } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { type NamedWork, findNamed, openFeedWorks } from '../../playlist/feed-works.ts'
import {
  type ChosenWork,
  newPlaylist,
  reworded,
  withWorks,
  withoutWorks,
} from '../../playlist/playlist-change.ts'
import { type ReadPlaylist, readPlaylist, writePlaylist } from '../../playlist/playlist-file.ts'
import { WORKS_TEXT_BYTES, parseWorksText } from '../../playlist/works-text.ts'
import { dayOf } from '../../publisher/calendar.ts'
import { readCapped } from '../../publisher/durable-file.ts'
import { groupedHex } from '../../publisher/publisher-options.ts'
import { suggestedId } from '../../publisher/suggested-id.ts'

const HELP = `Usage: matinee feed playlist make   FILE WORK… --from FEED --title TITLE --by NAME --key KEY
       matinee feed playlist add    FILE WORK… --from FEED --key KEY [--note TEXT]
       matinee feed playlist remove FILE WORK… --key KEY
       matinee feed playlist change FILE --key KEY [options]
       matinee feed playlist show   FILE [--from FEED] [--json]
       matinee feed playlist verify FILE [--signed-by KEY] [--after OLDER] [--json]

A list of works that somebody chose out of feeds of any publisher: one file under the
curator's own key, which others follow by itself. It brings no works: whoever follows it
sees those that the feeds they follow have. Each change has a higher serial, and
takes the place of the one before wherever the file lies.

  make     a new list in the new file FILE
  add      works behind those that it has, or another note about those
  remove   works
  change   its title, note, curator's name, or mirrors
  show     what is on it
  verify   read it as those who follow it do

WORK is an id, a title, or words that only one title has.

  --from FEED          a folder with a signed feed: a publisher's, or a copy; may be
                       repeated. (The viewer keeps copies in feeds/ of its data folder.)
  --works FILE         take works from a text, one a line: WORK, or WORK | what you say of it
  --title TITLE        what the list is called
  --by NAME            what its curator is called
  --note TEXT          a sentence: make and change, about the list; add, about the works
  --language L         the language of title and notes (default: en)
  --mirror URL         where FILE will lie on the web, so that a copy finds newer ones; may be
                       repeated, and replaces those that it has
  --id ID              make: the list's id among those of its key (default: of its title)
  --key FILE           the curator's key: "matinee feed key --new NAME --out FILE" makes one
  --passphrase-fd N    read its passphrase from file descriptor N
  --signed-by KEY      verify: the public key that it must be signed by (64 digits)
  --after OLDER        verify: the file of the list before it
  --json               print JSON, one object a line
`

/** `matinee feed playlist`. */
export const playlistCommand: Command = { help: HELP, run }

const OPTIONS = {
  from: { type: 'string', multiple: true },
  works: { type: 'string' },
  title: { type: 'string' },
  by: { type: 'string' },
  note: { type: 'string' },
  language: { type: 'string', default: 'en' },
  mirror: { type: 'string', multiple: true },
  id: { type: 'string' },
  key: { type: 'string' },
  'passphrase-fd': { type: 'string' },
  'signed-by': { type: 'string' },
  after: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof readOptions<typeof OPTIONS>>['values']

/** One call: the list's file, what else was named, and the options. */
interface Call {
  readonly file: string
  readonly said: readonly string[]
  readonly values: Values
  readonly screen: Screen
}

const ACTS: ReadonlyMap<string, (call: Call) => Promise<void>> = new Map([
  ['make', make],
  ['add', add],
  ['remove', remove],
  ['change', change],
  ['show', show],
  ['verify', verify],
])

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, OPTIONS)
  const [name = '', file, ...said] = positionals
  const act = ACTS.get(name)
  if (act === undefined)
    throw new UsageError(`what to do is missing: one of ${[...ACTS.keys()].join(', ')}`)
  if (file === undefined) throw new UsageError("the list's file is missing")
  await act({ file, said, values, screen })
  return 0
}

async function make(call: Call): Promise<void> {
  const { file, values, screen } = call
  const { title, by, note, mirror: mirrors, language } = values
  if (title === undefined || by === undefined)
    throw new UsageError(`--${title === undefined ? 'title' : 'by'} is missing`)
  const works = await chosenWorks(call, null)
  const id = values.id ?? suggestedId(title, 'list')
  const draft = newPlaylist(id, { language, title, by, note, mirrors }, works, today())
  sayMade('made', await writePlaylist(file, draft, null, values), call)
  if (!values.json)
    screen.line('Others follow it by this file, or where it lies on the web: Settings, Catalogues.')
}

async function add(call: Call): Promise<void> {
  const { file, values } = call
  const before = await readPlaylist(file)
  const works = await chosenWorks(call, values.note ?? null)
  const draft = withWorks(before.list, works, values.language, today())
  sayMade('signed', await writePlaylist(file, draft, before, values), call)
}

async function remove(call: Call): Promise<void> {
  const { file, said, values } = call
  const before = await readPlaylist(file)
  const named = await openFeedWorks(values.from ?? [])
  const works = said.flatMap((each): readonly Pick<ListedWork, 'feed' | 'work'>[] => {
    const onIt = before.list.works.filter(({ work }) => work === each)
    const found = onIt.length > 0 || named.length === 0 ? onIt : [findNamed(named, each)]
    if (found.length === 0)
      throw new UsageError(`no work of the list has the id "${each}": "show" names them`)
    return found
  })
  if (works.length === 0) throw new UsageError('the works to remove are missing')
  const draft = withoutWorks(before.list, works, today())
  sayMade('signed', await writePlaylist(file, draft, before, values), call)
}

async function change(call: Call): Promise<void> {
  const { file, said, values } = call
  const [extra] = said
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  const { title, by, note, mirror: mirrors, language } = values
  if ([title, by, note, mirrors].every((each) => each === undefined))
    throw new UsageError('what to change is missing: --title, --by, --note or --mirror')
  const before = await readPlaylist(file)
  const draft = reworded(before.list, { language, title, by, note, mirrors }, today())
  sayMade('signed', await writePlaylist(file, draft, before, values), call)
}

async function show({ file, values, screen }: Call): Promise<void> {
  const playlist = await readPlaylist(file)
  const named = await openFeedWorks(values.from ?? [])
  const { list } = playlist
  sayList(playlist, values, screen)
  for (const { feed, work, notes } of list.works) {
    const title = named.find((each) => each.feed === feed && each.work === work)?.title ?? null
    if (values.json) screen.event({ event: 'work', feed, work, title, notes })
    else {
      screen.line(plainLine(title === null ? work : `${work}  ${title}`))
      screen.line(`  feed  ${feed}`)
      for (const [language, note] of Object.entries(notes))
        screen.line(plainLine(`  ${language}    ${note}`))
    }
  }
}

async function verify({ file, values, screen }: Call): Promise<void> {
  const playlist = await readPlaylist(file)
  const signedBy = values['signed-by']
  const key = signedBy === undefined ? playlist.key : parseSha256(signedBy)
  if (key === null) throw new UsageError('--signed-by is no key: it has 64 hexadecimal digits')
  const older = values.after === undefined ? null : await readPlaylist(values.after)
  const isSame = older !== null && equalBytes(older.bytes, playlist.bytes)
  const known = older?.list ?? null
  const by = signedBy === undefined ? (older?.key ?? key) : key
  const read = readFollowedList(playlist.bytes, by, known, systemFeedCrypto())
  if (read.kind !== 'list') {
    const why = read.kind === 'refused' ? `${read.refusal.why} (${read.refusal.code})` : 'is newer'
    throw new UsageError(plainLine(`${resolve(file)} ${why}`))
  }
  sayList(playlist, values, screen)
  if (!values.json) screen.line(isSame ? 'the same as the older one' : 'no problem')
}

/** The works that a call names, by arguments or in a text. */
async function chosenWorks({ said, values }: Call, note: string | null): Promise<ChosenWork[]> {
  if (values.from === undefined)
    throw new UsageError('--from FEED is missing: the folder of a feed that has the works')
  const lines = said.map((each) => ({ said: each, note }))
  if (values.works !== undefined) lines.push(...(await readWorksText(values.works)))
  if (lines.length === 0) throw new UsageError('the works are missing')
  const named: readonly NamedWork[] = await openFeedWorks(values.from)
  return lines.map((each) => {
    const { feed, work } = findNamed(named, each.said)
    return { feed, work, note: each.note }
  })
}

async function readWorksText(
  file: string,
): Promise<readonly { readonly said: string; readonly note: string | null }[]> {
  const bytes = await readCapped(systemDisk(), resolve(file), WORKS_TEXT_BYTES)
  if (bytes === null) throw new UsageError(`there is no file ${resolve(file)}`)
  return parseWorksText(new TextDecoder().decode(bytes), file)
}

function sayMade(what: string, playlist: ReadPlaylist, { file, values, screen }: Call): void {
  if (!values.json) screen.line(`${what}: ${resolve(file)}`)
  sayList(playlist, values, screen)
}

function sayList({ list, key }: ReadPlaylist, { json }: Values, screen: Screen): void {
  const { id, serial, curator, translations, issued, mirrors, works } = list
  if (json) {
    const count = works.length
    screen.event({
      event: 'list',
      id,
      key,
      serial,
      issued,
      curator,
      translations,
      mirrors,
      works: count,
    })
    return
  }
  for (const [language, { title, note }] of Object.entries(translations))
    screen.line(plainLine(`  ${language}       ${title}${note === undefined ? '' : `. ${note}`}`))
  screen.line(plainLine(`  by       ${curator}`))
  screen.line(`  id       ${id}`)
  screen.line(`  serial   ${serial}, of ${issued}, ${works.length} works`)
  for (const mirror of mirrors) screen.line(plainLine(`  mirror   ${mirror}`))
  screen.line(`  key      ${groupedHex(key)}`)
}

function today(): string {
  return dayOf(systemClock().wallMs())
}
