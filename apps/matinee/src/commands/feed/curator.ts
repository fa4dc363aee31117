import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fromHex, toHex } from '@matinee/base'
import {
  type CuratorOrder,
  type RoleName,
  TRUST_LIMITS,
  isPathPattern,
  parseCuratorName,
} from '@matinee/catalogue'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { PublisherError } from '../../publisher/publisher-error.ts'
import { PublisherFolder } from '../../publisher/publisher-folder.ts'
import {
  type PublisherSettings,
  parseSettings,
  writeSettings,
} from '../../publisher/publisher-settings.ts'
import { takeCurator } from '../../publisher/taken-curator.ts'

const HELP = `Usage: matinee feed curator list   DIR [--json]
       matinee feed curator add    DIR NAME KEY… --path PATTERN… [options]
       matinee feed curator take   DIR NAME FOLDER [--json]
       matinee feed curator remove DIR NAME

Others who sign works for the feed in DIR, each within a name space of their own.

  list     the curators in the order in which they are asked
  add      name a curator by their public keys, and what they may sign for; one who is
           there already is named anew
  take     look through what a curator signed (their folder, or a copy of its feed/), and
           keep it for the next version
  remove   name a curator no longer; their works leave the feed

  --path PATTERN   of works/<id>, such as works/alps-*; may be repeated
  --threshold N    how many of their keys must sign (default: 1)
  --terminating    what is theirs is nobody's behind them
  --json           print one JSON object a line

All of it acts with the next version: matinee feed sign, publish.
`

/** `matinee feed curator`. */
export const curatorCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    path: { type: 'string', multiple: true },
    threshold: { type: 'string', default: '1' },
    terminating: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const [act = '', path = '', nameText = '', ...rest] = positionals
  if (!['list', 'add', 'take', 'remove'].includes(act))
    throw new UsageError('what to do is missing: one of list, add, take, remove')
  if (path === '') throw new UsageError("the publisher's folder is missing")
  const folder = await PublisherFolder.open(path)
  const settings = parseSettings(await folder.settings())
  if (settings.kind.is === 'curator')
    throw new PublisherError(
      'refused',
      "this is a curator's folder: only a feed's publisher names curators",
    )
  if (act === 'list') {
    for (const curator of settings.curators) sayCurator(curator, values.json, screen)
    return 0
  }
  const name = parseCuratorName(nameText)
  if (name === null) throw new UsageError(`"${nameText}" is no name of a curator`)
  if (act === 'add') {
    const paths = values.path ?? []
    await add(folder, settings, readCurator(name, rest, paths, values))
    if (!values.json) screen.line(`named: ${name}, for ${paths.join(' ')}`)
  } else if (act === 'remove') await remove(folder, settings, name)
  else await take(folder, settings, name, rest, values.json, screen)
  return 0
}

function readCurator(
  name: RoleName,
  keyTexts: readonly string[],
  paths: readonly string[],
  values: { readonly threshold: string; readonly terminating: boolean },
): CuratorOrder {
  const keys = keyTexts.map((text) => {
    const key = text.length === 64 ? fromHex(text) : null
    if (key === null) throw new UsageError(`"${text}" is no key: it has 64 hexadecimal digits`)
    return key
  })
  if (keys.length === 0) throw new UsageError(`the key of ${name} is missing`)
  if (paths.length === 0) throw new UsageError(`--path is missing: what may ${name} sign for?`)
  // Works count as works/<id>; packs and revocations are found without a delegation's leave.
  const wrong = paths.find((each) => !isPathPattern(each) || !each.startsWith('works/'))
  if (wrong !== undefined) throw new UsageError(`--path ${wrong} is no pattern of works/<id>`)
  const threshold = /^\d{1,2}$/u.test(values.threshold) ? Number(values.threshold) : 0
  if (threshold < 1 || threshold > keys.length)
    throw new UsageError(`--threshold ${values.threshold} isn't a number from 1 to ${keys.length}`)
  return { name, keys, threshold, paths, isTerminating: values.terminating }
}

async function add(
  folder: PublisherFolder,
  settings: PublisherSettings,
  curator: CuratorOrder,
): Promise<void> {
  const isThere = settings.curators.some(({ name }) => name === curator.name)
  const curators = isThere
    ? settings.curators.map((each) => (each.name === curator.name ? curator : each))
    : [...settings.curators, curator]
  if (curators.length > TRUST_LIMITS.curators)
    throw new PublisherError('refused', `a feed has at most ${TRUST_LIMITS.curators} curators`)
  await folder.writeSettings(writeSettings({ ...settings, curators }))
}

async function remove(
  folder: PublisherFolder,
  settings: PublisherSettings,
  name: RoleName,
): Promise<void> {
  const curators = settings.curators.filter((each) => each.name !== name)
  if (curators.length === settings.curators.length)
    throw new PublisherError('refused', `there is no curator ${name}`)
  await folder.writeSettings(writeSettings({ ...settings, curators }))
}

async function take(
  folder: PublisherFolder,
  settings: PublisherSettings,
  name: RoleName,
  rest: readonly string[],
  isJson: boolean,
  screen: Screen,
): Promise<void> {
  const [given, extra] = rest
  if (given === undefined) throw new UsageError('the folder of what the curator signed is missing')
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  const curator = settings.curators.find((each) => each.name === name)
  if (curator === undefined)
    throw new PublisherError('refused', `there is no curator ${name}: "feed curator add" names one`)
  const taken = await takeCurator(folder, curator, await feedIn(resolve(given)))
  if (isJson) screen.event({ event: 'taken', curator: name, ...taken })
  else {
    screen.line(`taken in: version ${taken.version} of ${name}, ${taken.works} works`)
    for (const why of taken.leftOut) screen.line(plainLine(`  left out by readers: ${why}`))
  }
}

/** What somebody hands in is their whole folder, or only what is in its feed/. */
async function feedIn(folder: string): Promise<string> {
  const inner = join(folder, 'feed')
  return (await stat(join(inner, 'metadata')).catch(() => null)) === null ? folder : inner
}

function sayCurator(curator: CuratorOrder, isJson: boolean, screen: Screen): void {
  const { name, keys, threshold, paths, isTerminating } = curator
  const texts = keys.map(toHex)
  if (isJson) screen.event({ event: 'curator', name, keys: texts, threshold, paths, isTerminating })
  else {
    screen.line(
      `${name}: ${threshold} of ${keys.length} keys${isTerminating ? ', terminating' : ''}`,
    )
    for (const text of texts) screen.line(`  key   ${text}`)
    for (const path of paths) screen.line(`  path  ${path}`)
  }
}
