/** A process of its own that follows a feed in a folder and shows it: tells what each version took, as JSON. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FetchFile, beginTrust, parseSha256, refreshFeed, runCheck } from '@matinee/catalogue'
import {
  type CatalogueStore,
  FollowedFeedFile,
  followedFeedInput,
  openCatalogueStore,
  systemFeedCrypto,
  takeVersionApart,
} from '@matinee/catalogue/node'
import { systemClock } from '@matinee/engine/system'

/** What the process is asked: to take what the mirror has, and to show a work by a word that it has then. */
export interface FollowOrder {
  readonly kind: 'follow'
  /** `null` = anything. */
  readonly word: string | null
}

/** What following once took. */
export interface FollowReport {
  /** Of all files that were fetched. */
  readonly movedBytes: number
  /** From the files being there to the version being kept, and to the answer that shows it. */
  readonly takenMs: number
  readonly shownMs: number
  /** Of all threads. */
  readonly cpuMs: number
  /** How many works have the word. */
  readonly found: number
  /** Of the process so far, and now. */
  readonly peakMB: number
  readonly rssMB: number
}

const CRYPTO = systemFeedCrypto()
const [, , mirror = '', folder = ''] = process.argv
const path = join(folder, 'feed.sqlite')
const store = await openCatalogueStore({
  folder: join(folder, 'catalogue'),
  clock: systemClock(),
})

process.on('message', (order: FollowOrder | 'close') => {
  if (order === 'close') void close()
  else void follow(order, store).then(tell)
})
tell('ready')

function tell(what: FollowReport | 'ready'): void {
  // Whoever started it waits for it, or has gone.
  process.send?.(what)
}

async function close(): Promise<void> {
  await store[Symbol.asyncDispose]()
  process.disconnect?.()
}

async function follow({ word }: FollowOrder, shown: CatalogueStore): Promise<FollowReport> {
  const cpuBefore = process.cpuUsage()
  const startMs = performance.now()
  let movedBytes = 0
  const fetch: FetchFile = async ({ path: name, maxBytes }) => {
    const file = join(mirror, name)
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? Infinity
    if (size > maxBytes) return null
    movedBytes += size
    return new Uint8Array(readFileSync(file))
  }
  using file = new FollowedFeedFile(path)
  const refresh = await runCheck(refreshFeed(trusted(file), Date.now(), CRYPTO), fetch)
  if (refresh.kind === 'refused') throw new Error(JSON.stringify(refresh.refusal))
  const taken = await takeVersionApart(path, refresh, fetch)
  if (taken.kind === 'refused') throw new Error(JSON.stringify(taken.refusal))
  const takenMs = performance.now() - startMs
  const input = followedFeedInput(file, CRYPTO)
  if (input === null) throw new Error('nothing was taken')
  await shown.load(input)
  const page = await shown.search({ territory: null, ...(word === null ? {} : { text: word }) })
  const shownMs = performance.now() - startMs
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    movedBytes,
    takenMs,
    shownMs,
    cpuMs: (user + system) / 1000,
    found: page.total,
    peakMB: process.resourceUsage().maxRSS / 1000,
    rssMB: process.memoryUsage.rss() / 1e6,
  }
}

function trusted(file: FollowedFeedFile): Parameters<typeof refreshFeed>[0] {
  const kept = file.trusted()
  if (kept !== null) return kept
  const root = new Uint8Array(readFileSync(join(mirror, 'metadata/1.root.json')))
  const fingerprint = parseSha256(CRYPTO.sha256(root).toHex())
  const begun = fingerprint === null ? null : beginTrust(root, fingerprint, CRYPTO)
  if (begun?.kind !== 'begun') throw new Error('the first root is none')
  return begun.files
}
