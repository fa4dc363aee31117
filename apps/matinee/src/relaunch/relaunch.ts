/**
 * A feed whose publisher is gone goes on under somebody else: a copy of it, new keys, and the source of the program become
 * a publisher's folder. Nobody is asked anything: all of it is on this computer.
 */
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import type { JsonObject, JsonValue, Sha256Text } from '@matinee/catalogue'
import { systemDisk } from '@matinee/engine/system'
import { beginFeed } from '../publisher/feed-beginning.ts'
import { folderSource } from '../publisher/feed-source.ts'
import { KeyRing } from '../publisher/key-ring.ts'
import { refuseHistory } from '../publisher/private-place.ts'
import { publishNext } from '../publisher/publication.ts'
import { PublisherError } from '../publisher/publisher-error.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import { signNext } from '../publisher/signing.ts'
import { SOURCE_FOLDER, nameSource } from '../source/named-source.ts'
import { makeSourceRelease, type SourceRelease } from '../source/source-release.ts'
import { readHeritage, type FeedHeritage } from './feed-heritage.ts'
import { inheritWork } from './inherited-work.ts'

/** What a relaunch is made of. */
export interface RelaunchOrder {
  /** The new publisher's folder. Absolute; new or empty. */
  readonly path: string
  /** A copy of the feed: a mirror's folder, a stick's, the one that a viewer keeps. Absolute. */
  readonly from: string
  /** What the copy has to be; `null` = whatever lies there. */
  readonly expected: Sha256Text | null
  /** Of the new feed; the old one's where it says nothing. */
  readonly head: {
    readonly name: string | null
    readonly operator: JsonObject
    readonly contact: JsonObject | null
    readonly mirrors: readonly string[]
  }
  readonly passphrase: string
  /** The root of this copy of Matinee. */
  readonly root: string
  readonly nowMs: number
  readonly onWork: (done: number, total: number) => void
  readonly signal: AbortSignal
}

/** A feed that goes on. */
export interface Relaunched {
  /** Of the feed that it was. */
  readonly before: FeedHeritage
  readonly fingerprint: Sha256Text
  readonly publicKey: Uint8Array
  readonly works: number
  /** Releases whose torrent came along. */
  readonly torrents: number
  /** Pictures and head packs that weren't in the copy. */
  readonly missing: number
  /** Works that couldn't be taken over: `id: why`. */
  readonly leftOut: readonly string[]
  readonly source: SourceRelease
}

/**
 * Makes the publisher's folder, with a first version signed and published in its `feed/`. It is made beside its place and
 * moved there when it's whole. Throws PublisherError, {@link WrongFeed}, what the file system throws, and the signal's reason.
 */
export async function relaunch(order: RelaunchOrder): Promise<Relaunched> {
  const { path, nowMs, expected } = order
  const disk = systemDisk()
  await refuseHistory(disk, path)
  if ((await disk.list(path)).length > 0)
    throw new PublisherError('there-already', `${path} isn't empty: name a new folder`)
  const before = await readHeritage(folderSource(disk, order.from), nowMs)
  if (expected !== null && before.fingerprint !== expected) throw new WrongFeed(before.fingerprint)
  const draft = `${path}.relaunch`
  await rm(draft, { recursive: true, force: true })
  try {
    const relaunched = await makePublisher(draft, before, order)
    await rm(path, { recursive: true, force: true })
    await disk.rename(draft, path)
    await disk.syncFolder(dirname(path))
    return relaunched
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function makePublisher(
  path: string,
  before: FeedHeritage,
  order: RelaunchOrder,
): Promise<Relaunched> {
  const { nowMs, passphrase, root, signal } = order
  const head = headOf(before, order)
  const begun = await beginFeed({ path, head, passphrase, nowMs })
  const { folder, fingerprint, publicKey } = begun
  const sourceFolder = join(folder.path, SOURCE_FOLDER)
  await mkdir(sourceFolder, { mode: 0o700 })
  const source = await makeSourceRelease(root, sourceFolder, signal)
  await nameSource(folder, source)
  const inherited = await inheritAll(folder, before, order)
  const lists = before.head.lists
    .map((list) => ({ ...list, works: list.works.filter((id) => inherited.ids.has(id)) }))
    .filter((list) => list.works.length > 0)
  await folder.write('lists.json', jsonBytes({ lists }))
  const entries = before.decisions
  const decisions = { type: 'matinee-revocations', version: 1, entries }
  await folder.write('revocations.json', jsonBytes(decisions))
  const given = Promise.resolve(passphrase)
  const ring = await KeyRing.open(folder, [], { ask: () => given, askNew: () => given })
  await signNext({ folder, ring, nowMs })
  await publishNext(folder)
  const { torrents, missing, leftOut } = inherited
  const works = inherited.ids.size
  return { before, fingerprint, publicKey, works, torrents, missing, leftOut, source }
}

interface InheritedWorks {
  readonly ids: ReadonlySet<string>
  readonly torrents: number
  readonly missing: number
  readonly leftOut: readonly string[]
}

async function inheritAll(
  folder: PublisherFolder,
  before: FeedHeritage,
  { from, onWork, signal }: RelaunchOrder,
): Promise<InheritedWorks> {
  const source = folderSource(folder.disk, from)
  const ids = new Set<string>()
  const leftOut: string[] = []
  let [torrents, missing, done] = [0, 0, 0]
  for (const [id, line] of before.works) {
    signal.throwIfAborted()
    const work = await inheritWork(folder, source, line)
    onWork(++done, before.works.size)
    if (work.kind === 'left-out') leftOut.push(`${id}: ${work.why}`)
    else {
      ids.add(id)
      torrents += work.torrents
      missing += work.missing
    }
  }
  return { ids, torrents, missing, leftOut }
}

/** The copy is of another feed than was asked for. */
export class WrongFeed extends Error {
  override readonly name = 'WrongFeed'
  readonly code = 'fingerprint'
  constructor(found: Sha256Text) {
    super(`the copy is of the feed ${found}`)
  }
}

function headOf({ head }: FeedHeritage, { head: asked }: RelaunchOrder): JsonObject {
  const translations = Object.fromEntries(
    Object.entries(head.translations).map(([language, words]) => [
      language,
      { ...words, ...(asked.name === null ? {} : { name: asked.name }) },
    ]),
  )
  const { operator, contact, mirrors } = asked
  // Its old mirrors are asked for the old feed; the new one names its own.
  return { id: head.id, translations: jsonOf(translations), operator, contact, mirrors }
}

/** The brands of texts are gone. */
function jsonOf(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue
}

function jsonBytes(value: unknown): Uint8Array {
  return utf8Bytes(`${JSON.stringify(value, null, 2)}\n`)
}
