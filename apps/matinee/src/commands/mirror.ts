import { NetworkError, SECOND_MS, canonicalIp } from '@matinee/base'
import { parseSha256, type Sha256Text } from '@matinee/catalogue'
import { PortsTakenError, openLog } from '@matinee/viewer'
import { resolve } from 'node:path'
import { UsageError, type Command, type Screen } from '../command.ts'
import { Mirror, type MirrorOptions } from '../mirror/mirror.ts'
import { readOptions, readPortOf, readUploadLimit } from '../options.ts'
import { plainLine } from '../plain-text.ts'
import { sizeWords } from '../size-words.ts'
import { closeInTime, listenForStop } from '../stop-signal.ts'

const HELP = `Usage: matinee mirror DIR [FEED …] --budget SIZE [options]

Keeps feeds and rare works of theirs alive: follows each FEED, keeps in DIR the works that
fewest others have, and gives both out until it is stopped (Ctrl-C). What a feed withdraws
is given out no more. Feeds that were named once are followed again at the next start.

A FEED is an https address, a folder or a magnet link (urn:btpk). With #FINGERPRINT behind
it, it must be that feed; without, the fingerprint that was found is printed: compare it.

  over BitTorrent  the feeds' own torrents, and the works
  over HTTP        each feed as a mirror of it (/feeds/FINGERPRINT/), and the works as a
                   web seed (/works/INFO-HASH/)
  in the DHT       the feeds' pointers, put again every hour

Options:
  --budget SIZE      disk for works: 500M, 20G, 2T; feeds come on top
  --host ADDRESS     listen on this address of this computer (default: all of them)
  --port P           for BitTorrent (default: 6881; 0: any free one)
  --http-port P      for mirror and web seed (default: 6880)
  --upload-limit N   kilobytes a second, all torrents together
  --no-dht           without the DHT of BitTorrent
  --dht HOST:PORT    a node of the DHT to begin with, in place of the public ones; repeatable
  --allow-local      let feeds name addresses of this computer (for tests)
  --json             print one JSON object a line: "ready", "feed", then "status"

Only works that are free everywhere are kept. Others see your IP address.
`

/** `matinee mirror`. */
export const mirrorCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    budget: { type: 'string' },
    host: { type: 'string', default: '0.0.0.0' },
    port: { type: 'string', default: '6881' },
    'http-port': { type: 'string', default: '6880' },
    'upload-limit': { type: 'string' },
    'no-dht': { type: 'boolean', default: false },
    dht: { type: 'string', multiple: true },
    'allow-local': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const [folder, ...feeds] = positionals
  if (folder === undefined) throw new UsageError('the mirror’s folder is missing')
  const host = canonicalIp(values.host)
  if (host === null) throw new UsageError(`--host ${values.host} is not an IP address`)
  const options: MirrorOptions = {
    folder: resolve(folder),
    budgetBytes: readSize(values.budget),
    host,
    ports: {
      bittorrent: readPortOf('--port', values.port),
      http: readPortOf('--http-port', values['http-port']),
    },
    ...(values['no-dht']
      ? { dhtEntrances: null }
      : values.dht === undefined
        ? {}
        : { dhtEntrances: values.dht }),
    allowLocal: values['allow-local'],
    uploadBytesPerSecond: readUploadLimit(values['upload-limit']),
    log: openLog('error'),
  }
  using stop = listenForStop()
  const mirror = await Mirror.open(options).catch((error: unknown) => {
    if (!(error instanceof NetworkError) && !(error instanceof PortsTakenError)) throw error
    throw new UsageError(plainLine(error.message), { cause: error })
  })
  try {
    const { peerPort, httpPort } = mirror.addresses
    if (values.json) screen.event({ event: 'ready', peerPort, httpPort })
    else screen.line(`Mirroring. BitTorrent on port ${peerPort}, HTTP on port ${httpPort}.`)
    const followed = await followAll(mirror, feeds, screen, values.json)
    if (!followed && mirror.feeds.length === 0) return 1
    await watch(mirror, screen, values.json, stop.stopped)
    return 0
  } finally {
    await closeInTime(mirror[Symbol.asyncDispose]())
  }
}

/** False = one of them isn't followed, which was said. */
async function followAll(
  mirror: Mirror,
  feeds: readonly string[],
  screen: Screen,
  asJson: boolean,
): Promise<boolean> {
  let isAll = true
  for (const text of feeds) {
    const { address, expected } = readFeed(text)
    const fingerprint = await mirror.follow(address, expected)
    if (fingerprint === null) isAll = false
    if (asJson) screen.event({ event: 'feed', address, fingerprint })
    else if (fingerprint === null)
      screen.note(plainLine(`There is no feed at ${address} that can be verified, or another one.`))
    else screen.line(plainLine(`${address}\n  fingerprint ${fingerprint}`))
  }
  return isAll
}

async function watch(
  mirror: Mirror,
  screen: Screen,
  asJson: boolean,
  stopped: Promise<void>,
): Promise<void> {
  let last = ''
  const timer = setInterval(() => {
    const { feeds, releases } = mirror
    const event = {
      event: 'status',
      feeds: feeds.map(({ fingerprint, name, standing, works }) => ({
        fingerprint,
        name,
        works,
        state: standing.kind,
      })),
      releases,
    }
    const text = JSON.stringify(event)
    if (text === last) return
    last = text
    if (asJson) screen.event(event)
    else {
      const here = releases.reduce((sum, { hereBytes }) => sum + hereBytes, 0)
      screen.passing(
        `${feeds.length} feeds, ${releases.length} works kept, ${sizeWords(here)} of them here`,
      )
    }
  }, SECOND_MS)
  await stopped
  clearInterval(timer)
}

function readFeed(text: string): { address: string; expected: Sha256Text | null } {
  const [, address = text, fingerprint = ''] = /^(.+)#([0-9a-f]{64})$/u.exec(text) ?? []
  const isFolder = !/^[a-z]+:/iu.test(address)
  return { address: isFolder ? resolve(address) : address, expected: parseSha256(fingerprint) }
}

function readSize(text: string | undefined): number {
  if (text === undefined) throw new UsageError('--budget is missing: how much disk, such as 20G')
  const [, number, unit] = /^([1-9]\d{0,11})([KMGT]?)$/u.exec(text) ?? []
  if (number === undefined || unit === undefined)
    throw new UsageError(`--budget ${text} is no size, such as 500M or 20G`)
  return Number(number) * 1000 ** ['', 'K', 'M', 'G', 'T'].indexOf(unit)
}
