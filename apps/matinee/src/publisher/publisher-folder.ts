/**
 * The folder in which somebody keeps a feed of their own. Nothing but `feed/` is ever published:
 *
 *     publisher.json              what the publisher says of itself, and which key serves which role; no secret
 *     keys/<name>.key.json        keys, each under a passphrase
 *     roots/<version>.root.json   every root that was signed, and draft.json, which waits for signatures
 *     works/<id>/record.json      a work; envelope.json in its place when its maker signed it
 *     works/<id>/images/          the pictures that the record names, <sha256>.<ext>
 *     works/<id>/evidence/        stays here
 *     releases/<work>/<release>/  files/, hybrid.torrent, v1.torrent, head-pack; candidates/ for a poster
 *     lists.json                  lists of works
 *     revocations.json            every decision about a work
 *     curators/<name>/            what curators handed in, as a feed's folder
 *     seeding/                    what the engine knows of what is given out
 *     feed/                       the feed, as mirrors carry it
 *     feed.next/                  what was signed and isn't published yet
 */
import { join, resolve } from 'node:path'
import type { Disk } from '@matinee/base'
import {
  CatalogueError,
  IMAGE_LIMITS,
  type Picture,
  type PublishedWork,
  RECORD_LIMITS,
  type ReleaseId,
  TrustError,
  type WorkId,
  type WorkRecord,
  canonicalRecord,
  parseWorkId,
  picturePath,
  readWorkSource,
} from '@matinee/catalogue'
import { systemSignatures } from '@matinee/catalogue/node'
import { systemDisk } from '@matinee/engine/system'
import { readCapped, writeDurably } from './durable-file.ts'
import { refuseHistory, refuseOpenFolder } from './private-place.ts'
import { PublisherError } from './publisher-error.ts'

/** A work to be kept: its record, or the envelope that its maker signed around it. */
export type WorkOrder = {
  readonly id: WorkId
  /** Every picture that the record names: its file's name there (`<sha256>.<ext>`) → bytes. */
  readonly images: ReadonlyMap<string, Uint8Array>
} & ({ readonly record: WorkRecord } | { readonly envelope: Uint8Array })

/** An envelope is a little larger than the record in it. */
const WORK_FILES = [
  { kind: 'envelope', name: 'envelope.json', maxBytes: 384 * 1024 },
  { kind: 'record', name: 'record.json', maxBytes: RECORD_LIMITS.bytes },
] as const

const SETTINGS_FILE = 'publisher.json'
const SETTINGS_BYTES = 1024 * 1024

/** A publisher's folder. Every call may throw {@link PublisherError} and DiskError. */
export class PublisherFolder {
  /** Absolute. */
  readonly path: string
  readonly disk: Disk

  private constructor(path: string, disk: Disk) {
    this.path = path
    this.disk = disk
  }

  /** Opens the folder of a publisher. Refuses one with keys or evidence that others can look into, or that lies in a work tree. */
  static async open(path: string): Promise<PublisherFolder> {
    const folder = resolve(path)
    if (await hasSecrets(folder)) await refuseOpenFolder(folder)
    return await PublisherFolder.openOn(systemDisk(), folder)
  }

  /** The same on any disk, where there are no other users. */
  static async openOn(disk: Disk, path: string): Promise<PublisherFolder> {
    const folder = new PublisherFolder(path, disk)
    await refuseHistory(disk, path)
    if ((await disk.facts(join(path, SETTINGS_FILE))) === null)
      throw new PublisherError(
        'no-publisher',
        `${path} holds no ${SETTINGS_FILE}: "matinee feed init ${path}" begins a feed there`,
      )
    return folder
  }

  /** Makes the folder, or takes an empty one, and writes what the publisher says of itself. */
  static async create(path: string, settings: Uint8Array, disk?: Disk): Promise<PublisherFolder> {
    const folder = new PublisherFolder(resolve(path), disk ?? systemDisk())
    await refuseHistory(folder.disk, folder.path)
    if ((await folder.disk.list(folder.path)).length > 0)
      throw new PublisherError('there-already', `${folder.path} isn't empty: name a new folder`)
    await folder.disk.makeFolder(folder.path)
    if (disk === undefined) await refuseOpenFolder(folder.path)
    await folder.writeSettings(settings)
    return folder
  }

  /** The feed as mirrors carry it. */
  get feedFolder(): string {
    return join(this.path, 'feed')
  }

  /** What was signed last and isn't published yet. */
  get nextFolder(): string {
    return join(this.path, 'feed.next')
  }

  get keysFolder(): string {
    return join(this.path, 'keys')
  }

  /** What a curator handed in. */
  curatorFolder(name: string): string {
    return join(this.path, 'curators', name)
  }

  workFolder(work: WorkId): string {
    return join(this.path, 'works', work)
  }

  /** What shows that a work is free. It is never published. */
  evidenceFolder(work: WorkId): string {
    return join(this.workFolder(work), 'evidence')
  }

  /** Holds `files/`, `hybrid.torrent`, `v1.torrent` and `head-pack` of a release. */
  releaseFolder(work: WorkId, release: ReleaseId): string {
    return join(this.path, 'releases', work, release)
  }

  /** The bytes of publisher.json. */
  async settings(): Promise<Uint8Array> {
    return (await this.read(SETTINGS_FILE, SETTINGS_BYTES)) ?? this.#missing(SETTINGS_FILE)
  }

  /** Replaces publisher.json. */
  async writeSettings(bytes: Uint8Array): Promise<void> {
    await this.write(SETTINGS_FILE, bytes)
  }

  /** A file of the folder, by its path in it; `null` = there is none. */
  async read(name: string, maxBytes: number): Promise<Uint8Array | null> {
    return await readCapped(this.disk, join(this.path, name), maxBytes)
  }

  /** Puts a file of the folder in its place, whole or not at all. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await writeDurably(this.disk, join(this.path, name), bytes)
  }

  /** Removes a file of the folder; one that isn't there is fine. */
  async remove(name: string): Promise<void> {
    await this.disk.remove(join(this.path, name))
  }

  /** Ids of the works that are kept here, sorted. Other names under works/ are left alone. */
  async workIds(): Promise<readonly WorkId[]> {
    const names = await this.disk.list(join(this.path, 'works'))
    return names.flatMap((name) => parseWorkId(name) ?? []).toSorted()
  }

  /** Every work, by id. Throws {@link PublisherError} `work` at the first that can't be read. */
  async *works(): AsyncGenerator<PublishedWork, void> {
    for (const id of await this.workIds()) {
      const work = await this.work(id)
      if (work !== null) yield work
    }
  }

  /** A work; `null` = there is none, or only evidence for one. Throws {@link PublisherError} `work`. */
  async work(id: WorkId): Promise<PublishedWork | null> {
    for (const { kind, name, maxBytes } of WORK_FILES) {
      const file = `works/${id}/${name}`
      const bytes = await this.read(file, maxBytes)
      if (bytes === null) continue
      const work = readable(file, () => readWorkSource({ kind, bytes }, file, systemSignatures()))
      if (work.id !== id)
        throw new PublisherError('work', `${file} is the record of ${work.id}: rename its folder`)
      return work
    }
    return null
  }

  /** A picture of a work; `null` = it isn't there. */
  async picture(work: WorkId, picture: Picture): Promise<Uint8Array | null> {
    return await this.read(`works/${work}/${picturePath(picture)}`, IMAGE_LIMITS.bytes)
  }

  /**
   * Keeps a work in the place of what was kept of it: pictures first, so that a record never names one that isn't there, and in the
   * end pictures that it doesn't name any more go. It comes into the feed when it's signed.
   */
  async putWork(order: WorkOrder): Promise<void> {
    const { id, images } = order
    const kind = 'record' in order ? 'record' : 'envelope'
    const bytes = 'record' in order ? canonicalRecord(order.record) : order.envelope
    const file = `works/${id}/${kind}.json`
    const work = readable(file, () => readWorkSource({ kind, bytes }, file, systemSignatures()))
    if (work.id !== id) throw new PublisherError('work', `the record carries the id ${work.id}`)
    const named = work.record.images.map((picture) => picturePath(picture).replace('images/', ''))
    const folder = join(this.workFolder(id), 'images')
    for (const name of named) {
      const image = images.get(name)
      if (image !== undefined) await this.write(`works/${id}/images/${name}`, image)
      else if ((await this.disk.facts(join(folder, name))) === null)
        throw new PublisherError('picture', `the record of ${id} names images/${name}: add it`)
    }
    await this.write(file, bytes)
    const other = kind === 'record' ? 'envelope.json' : 'record.json'
    await this.disk.remove(join(this.workFolder(id), other))
    for (const name of await this.disk.list(folder))
      if (!named.includes(name)) await this.disk.remove(join(folder, name))
  }

  #missing(name: string): never {
    throw new PublisherError('no-publisher', `${this.path} holds no ${name}`)
  }
}

/** What is on a stick, to be given out, has neither keys nor evidence: anybody may read it. */
async function hasSecrets(folder: string): Promise<boolean> {
  const disk = systemDisk()
  if ((await disk.list(join(folder, 'keys'))).length > 0) return true
  for (const work of await disk.list(join(folder, 'works')))
    if ((await disk.list(join(folder, 'works', work))).includes('evidence')) return true
  return false
}

function readable<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CatalogueError || error instanceof TrustError)) throw error
    throw new PublisherError('work', `${file} can't be published: ${error.message}`, {
      cause: error,
    })
  }
}
