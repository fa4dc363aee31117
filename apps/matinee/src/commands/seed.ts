import { NetworkError, SECOND_MS, addressKey, canonicalIp } from '@matinee/base'
import { PUBLIC_DHT_ENTRANCES } from '@matinee/engine'
import { PortsTakenError } from '@matinee/viewer'
import { UsageError, type Command, type Screen } from '../command.ts'
import { readOnly, readOptions, readPortOf, readUploadLimit } from '../options.ts'
import { plainLine } from '../plain-text.ts'
import { PublisherError } from '../publisher/publisher-error.ts'
import { PublisherFolder } from '../publisher/publisher-folder.ts'
import { PublisherSeed, type SeedOptions, type SeedStatus } from '../seed/publisher-seed.ts'
import type { FoundReleases } from '../seed/seeded-release.ts'
import { sizeWords } from '../size-words.ts'
import { closeInTime, listenForStop } from '../stop-signal.ts'

const HELP = `Usage: matinee seed DIR [options]

Gives out what lies in the publisher's folder DIR until it is stopped (Ctrl-C):

  over BitTorrent  every release, for programs of every age, from one copy; and the feed
  over HTTP        the feed, as a mirror of it, and the releases, as a web seed
  a tracker        over HTTP and UDP, for these releases only

A release whose rights somebody confirmed is given out, also one that is added while this
runs; one whose work is withdrawn for a legal reason no more. Keys, evidence and drafts have no address. Others see your IP address.

Options:
  --host ADDRESS         listen on this address of this computer (default: all of them)
  --public ADDRESS       the address by which others reach this computer, when it's another
  --port P               for BitTorrent (default: 6881; 0: any free one)
  --http-port P          for mirror and web seed (default: 6880)
  --tracker-port P       for the tracker, over both (default: 6969)
  --upload-limit N       kilobytes a second for BitTorrent, all releases together
  --no-dht               be announced at trackers alone, not in the DHT of BitTorrent
  --allow-local          let trackers and others name addresses of this computer (for tests;
                         the DHT, which is other people, isn't asked then)
  --json                 print one JSON object a line: "ready", then "look" and "status"

What others need to find you stands in the releases: make them with
  matinee feed add … --tracker http://ADDRESS:6969/announce
                     --web-seed http://ADDRESS:6880/releases/WORK/RELEASE/
`

/** `matinee seed`. */
export const seedCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    host: { type: 'string', default: '0.0.0.0' },
    public: { type: 'string' },
    port: { type: 'string', default: '6881' },
    'http-port': { type: 'string', default: '6880' },
    'tracker-port': { type: 'string', default: '6969' },
    'upload-limit': { type: 'string' },
    'no-dht': { type: 'boolean', default: false },
    'allow-local': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  const path = readOnly(positionals, 'the publisher’s folder')
  const report = lookTeller(screen, values.json)
  try {
    const options: SeedOptions = {
      folder: await PublisherFolder.open(path),
      host: readAddress('--host', values.host),
      ...(values.public === undefined
        ? {}
        : { publicHost: readAddress('--public', values.public) }),
      ports: {
        bittorrent: readPortOf('--port', values.port),
        http: readPortOf('--http-port', values['http-port']),
        tracker: readPortOf('--tracker-port', values['tracker-port']),
      },
      dhtEntrances: values['no-dht'] || values['allow-local'] ? null : PUBLIC_DHT_ENTRANCES,
      allowLocal: values['allow-local'],
      uploadBytesPerSecond: readUploadLimit(values['upload-limit']),
      onLook: report,
    }
    using stop = listenForStop()
    const seed = await PublisherSeed.open(options)
    try {
      sayReady(seed, screen, values.json)
      await watch(seed, screen, values.json, stop.stopped)
    } finally {
      await closeInTime(seed[Symbol.asyncDispose]())
    }
    return 0
  } catch (error) {
    const isTaken = error instanceof NetworkError || error instanceof PortsTakenError
    if (!isTaken && !(error instanceof PublisherError)) throw error
    throw new UsageError(plainLine(error.message), { cause: error })
  }
}

function sayReady(seed: PublisherSeed, screen: Screen, asJson: boolean): void {
  const { peer, http, tracker, udpTracker } = seed.addresses
  if (asJson) {
    screen.event({ event: 'ready', peer: addressKey(peer), http, tracker, udpTracker })
    return
  }
  screen.line(`Giving out. Others reach you at

  BitTorrent  ${addressKey(peer)}
  mirror      ${http}/
  web seed    ${http}/releases/WORK/RELEASE/
  tracker     ${tracker}
              ${udpTracker}

Stop with Ctrl-C.`)
}

/** Says what changed in the folder since the last look. */
function lookTeller(screen: Screen, asJson: boolean): (found: FoundReleases) => void {
  let last = ''
  return ({ releases, withdrawn, unconfirmed, faults }) => {
    const names = releases.map(({ work, release }) => `${work}/${release}`)
    const text = JSON.stringify([names, withdrawn, unconfirmed, faults])
    if (text === last) return
    last = text
    if (asJson) {
      screen.event({ event: 'look', releases: names, withdrawn, unconfirmed, faults })
      return
    }
    screen.line(plainLine(`Releases: ${names.length === 0 ? 'none yet' : names.join(', ')}`))
    for (const work of withdrawn) screen.line(`Withdrawn, and not given out: ${work}`)
    for (const name of unconfirmed)
      screen.line(`Not given out before somebody confirmed its rights: ${name}`)
    for (const fault of faults) screen.note(plainLine(`Not given out: ${fault}`))
  }
}

async function watch(
  seed: PublisherSeed,
  screen: Screen,
  asJson: boolean,
  stopped: Promise<void>,
): Promise<void> {
  const damaged = new Set<string>()
  let last = ''
  const timer = setInterval(() => {
    const statuses = seed.statuses()
    for (const { work, release, status } of statuses.filter(isDamaged)) {
      const name = `${work}/${release}`
      if (!damaged.has(name))
        screen.note(
          plainLine(
            `${name} is damaged: ${status.havePieces} of ${status.pieceCount} pieces are right; restore its files`,
          ),
        )
      damaged.add(name)
    }
    const peers = statuses.reduce((sum, { status }) => sum + status.peers.connected, 0)
    const uploaded = statuses.reduce((sum, { status }) => sum + status.bytes.uploaded, 0)
    const checking = statuses.filter(({ status }) => status.phase.kind === 'checking').length
    const event = { event: 'status', torrents: statuses.length, checking, peers, uploaded }
    const text = JSON.stringify(event)
    if (asJson && text !== last) screen.event(event)
    last = text
    if (!asJson)
      screen.passing(
        checking > 0
          ? `Checking what is on this disk (${checking} of ${statuses.length} torrents)`
          : `${statuses.length} torrents, ${peers} connected, ${sizeWords(uploaded)} given`,
      )
  }, SECOND_MS)
  await stopped
  clearInterval(timer)
}

function isDamaged({ status }: SeedStatus): boolean {
  return status.phase.kind === 'live' && status.havePieces < status.pieceCount
}

function readAddress(option: string, text: string): string {
  const address = canonicalIp(text)
  if (address === null) throw new UsageError(`${option} ${text} is not an IP address`)
  return address
}
