import { resolve } from 'node:path'
import { toHex } from '@matinee/base'
import { feedMagnet, parseSha256 } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../command.ts'
import { readOnly, readOptions } from '../options.ts'
import { plainLine } from '../plain-text.ts'
import { openPassphrases } from '../publisher/passphrase.ts'
import { groupedHex } from '../publisher/publisher-options.ts'
import { WrongFeed, relaunch } from '../relaunch/relaunch.ts'
import { OWN_ROOT } from '../source/own-root.ts'
import { listenForStop } from '../stop-signal.ts'

const HELP = `Usage: matinee relaunch DIR --from FEEDFOLDER --operator NAME [options]

Goes on with a feed whose publisher is gone: makes the new publisher's folder DIR of a copy
of the feed, new keys, and the source of this copy of Matinee. Works, lists, decisions and
the releases' torrents come along; what was withdrawn stays withdrawn. A first version is
signed and lies in DIR/feed. Asks nobody on any network.

It is another feed, with another fingerprint: whoever follows the old one follows this one
only after accepting it.

  --from FEEDFOLDER    a copy of the feed: a mirror's folder, one on a stick, or the copy that
                       a viewer keeps of every feed it follows
  --fingerprint HEX    refuse a copy of any other feed
  --operator NAME      who publishes it from now on
  --country CC         the operator's country, such as FR
  --email ADDRESS, --url ADDRESS
                       where to write to; one of them at least, or nothing yet
  --name NAME          the new feed's name (default: as before)
  --mirror URL         a folder on the web where it will lie; may be repeated
  --passphrase-fd N    read the new key's passphrase from file descriptor N
  --json               print JSON objects
`

/** `matinee relaunch`. */
export const relaunchCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    from: { type: 'string' },
    fingerprint: { type: 'string' },
    operator: { type: 'string' },
    country: { type: 'string' },
    email: { type: 'string' },
    url: { type: 'string' },
    name: { type: 'string' },
    mirror: { type: 'string', multiple: true, default: [] },
    'passphrase-fd': { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const path = resolve(readOnly(positionals, "the new publisher's folder"))
  const { from, operator, country, email, url, name } = values
  if (from === undefined || operator === undefined)
    throw new UsageError(`--${from === undefined ? 'from' : 'operator'} is missing`)
  const expected = readFingerprint(values.fingerprint)
  const passphrase = await openPassphrases(values['passphrase-fd']).askNew('main')
  using stop = listenForStop()
  const contact = {
    ...(email === undefined ? {} : { email }),
    ...(url === undefined ? {} : { url }),
  }
  try {
    const done = await relaunch({
      path,
      from: resolve(from),
      expected,
      head: {
        name: name ?? null,
        operator: { name: operator, ...(country === undefined ? {} : { country }) },
        contact: Object.keys(contact).length === 0 ? null : contact,
        mirrors: values.mirror,
      },
      passphrase,
      root: OWN_ROOT,
      nowMs: systemClock().wallMs(),
      onWork: (count, total) => screen.passing(`taking over ${count} of ${total} works`),
      signal: stop.signal,
    })
    const magnet = feedMagnet(done.publicKey, done.fingerprint)
    const { before, fingerprint, works, torrents, missing, leftOut, source } = done
    if (values.json) {
      const was = before.fingerprint
      const event = { event: 'relaunched', folder: path, was, fingerprint, magnet }
      screen.event({ ...event, works, torrents, missing, leftOut, source: source.infoHash })
      return 0
    }
    screen.line(`relaunched: ${path}`)
    screen.line(`  it was       ${groupedHex(before.fingerprint)}`)
    screen.line(`  it is        ${groupedHex(fingerprint)}`)
    screen.line(`  key          ${toHex(done.publicKey)}`)
    screen.line(`  magnet       ${magnet}`)
    screen.line(`  works        ${works}, with the torrents of ${torrents} releases`)
    if (before.withdrawn > 0) screen.line(`  withdrawn    ${before.withdrawn}, which stay so`)
    if (missing > 0) screen.line(`  missing      ${missing} pictures and head packs`)
    for (const why of leftOut) screen.line(plainLine(`  left out     ${why}`))
    screen.line(`  source       ${source.name}, info-hash ${source.infoHash}`)
    screen.line('Copy its keys to a safe place now. Its films come from whoever has them:')
    screen.line('put the files you have under releases/, and "matinee seed" gives them to others.')
    return 0
  } catch (error) {
    if (error instanceof WrongFeed) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

function readFingerprint(text: string | undefined): ReturnType<typeof parseSha256> {
  if (text === undefined) return null
  const fingerprint = parseSha256(text.replaceAll(/\s/gu, '').toLowerCase())
  if (fingerprint === null)
    throw new UsageError(`--fingerprint ${text} isn't 64 hexadecimal digits`)
  return fingerprint
}
