import { toHex } from '@matinee/base'
import { type JsonObject, feedMagnet, parseCuratorName } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { readOnly, readOptions } from '../../options.ts'
import { beginCurator, beginFeed } from '../../publisher/feed-beginning.ts'
import { openPassphrases } from '../../publisher/passphrase.ts'
import { groupedHex } from '../../publisher/publisher-options.ts'
import { suggestedId } from '../../publisher/suggested-id.ts'

const HELP = `Usage: matinee feed init DIR --name NAME --operator NAME [options]
       matinee feed init DIR --curator ROLE [--passphrase-fd N]

Begins a feed in the new folder DIR: a key under a passphrase that serves all roles, and
the first root, whose fingerprint is what the feed is for ever. DIR holds keys and
evidence: it is closed to other users, and may not lie in a git work tree. Only DIR/feed
is ever published.

  --name NAME          the feed's name
  --operator NAME      who publishes it, as the law of many countries wants it said
  --country CC         the operator's country, such as FR
  --email ADDRESS, --url ADDRESS
                       where to write to; one of them at least, or nothing yet
  --id ID              how the feed would like to be called, in small letters and digits
                       (default: made of its name)
  --language L         the language of name and description (default: en)
  --description TEXT   what the feed is about
  --mirror URL         a folder on the web where the feed will lie; may be repeated
  --curator ROLE       begin the folder of a curator instead, whom a feed calls ROLE
  --passphrase-fd N    read the passphrase from file descriptor N
  --json               print one JSON object
`

/** `matinee feed init`. */
export const initCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    name: { type: 'string' },
    operator: { type: 'string' },
    country: { type: 'string' },
    email: { type: 'string' },
    url: { type: 'string' },
    id: { type: 'string' },
    language: { type: 'string', default: 'en' },
    description: { type: 'string' },
    mirror: { type: 'string', multiple: true, default: [] },
    curator: { type: 'string' },
    'passphrase-fd': { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const path = readOnly(positionals, 'the new folder')
  const passphrases = openPassphrases(values['passphrase-fd'])
  if (values.curator !== undefined) {
    const role = parseCuratorName(values.curator)
    if (role === null)
      throw new UsageError(`--curator ${values.curator} is no name: use small letters and digits`)
    const { folder, publicKey } = await beginCurator(path, role, await passphrases.askNew('main'))
    const key = toHex(publicKey)
    if (values.json) screen.event({ event: 'begun', folder: folder.path, curator: role, key })
    else {
      screen.line(`begun: ${folder.path}, for the curator ${role}`)
      screen.line(`  key  ${key}`)
      screen.line('The publisher names you with:')
      screen.line(`  matinee feed curator add DIR ${role} ${key} --path 'works/…-*'`)
    }
    return 0
  }
  const { name, operator } = values
  if (name === undefined || operator === undefined)
    throw new UsageError(`--${name === undefined ? 'name' : 'operator'} is missing`)
  const { email, url, country, description, language } = values
  const head: JsonObject = {
    id: values.id ?? suggestedId(name, 'feed'),
    translations: { [language]: { name, ...(description === undefined ? {} : { description }) } },
    operator: { name: operator, ...(country === undefined ? {} : { country }) },
    contact:
      email === undefined && url === undefined
        ? null
        : { ...(email === undefined ? {} : { email }), ...(url === undefined ? {} : { url }) },
    mirrors: values.mirror,
  }
  const passphrase = await passphrases.askNew('main')
  const nowMs = systemClock().wallMs()
  const { folder, fingerprint, publicKey } = await beginFeed({ path, head, passphrase, nowMs })
  const magnet = feedMagnet(publicKey, fingerprint)
  if (values.json)
    screen.event({
      event: 'begun',
      folder: folder.path,
      fingerprint,
      key: toHex(publicKey),
      magnet,
    })
  else {
    screen.line(`begun: ${folder.path}`)
    screen.line(`  fingerprint  ${groupedHex(fingerprint)}`)
    screen.line(`  magnet       ${magnet}`)
    screen.line(
      `Copy ${folder.keysFolder} to a safe place now: without its key nobody can go on with`,
    )
    screen.line('this feed. Then: matinee feed add, sign, publish.')
  }
  return 0
}
