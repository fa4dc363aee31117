import { gzipSync } from 'node:zlib'
import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { utf8Bytes, type Signer } from '@matinee/base'
import {
  canonicalRecord,
  feedTorrent,
  feedTorrentFile,
  hashedBytes,
  keyIdOf,
  makePointer,
  parseRecord,
  parseSha256,
  signFile,
  stateOf,
  tufKey,
  writePack,
  type PackedWork,
  type Sha256Text,
  type WorkId,
} from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { madeWorks, nodeHash, type MadeRecord } from '@matinee/testkit'

type Draft = Record<string, unknown>

const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const DAY = parseCalendarDate('2025-12-01')

/** Works that are all as free as the first. */
export function freeWorks(count: number, seed = 6): MadeRecord[] {
  return [...madeWorks({ seed, count })].map((made, _, [first]) => ({
    ...made,
    rights: first?.['rights'],
  }))
}

/** A publisher of valid feeds with one key for all roles, in memory. */
export class MadePublisher {
  /** Path → file, as a mirror has them. */
  readonly files = new Map<string, Uint8Array>()
  readonly works = new Map<string, MadeRecord>()
  readonly name: string
  #key: Signer
  #version = 0
  #edition = 0
  #rootVersion = 0
  #revocations: object[] = []
  /** When the timestamp expires, and the others. */
  expires = { timestamp: '2099-01-01T00:00:00Z', others: '2099-01-01T00:00:00Z' }
  mirrors: readonly string[] = []
  /** The program's source, as the head names it. Default: it names none. */
  source: object | null = null

  constructor(name = 'Kino', key = name) {
    this.name = name
    this.#key = keyOf(key)
    this.publishRoot(this.#key)
  }

  get root(): Uint8Array {
    return this.files.get('metadata/1.root.json') ?? new Uint8Array()
  }

  get fingerprint(): Sha256Text {
    return sha256(this.root)
  }

  get publicKey(): Uint8Array {
    return this.#key.publicKey
  }

  /** The key of every role from the next root on. */
  rotate(key: string): this {
    const next = keyOf(key)
    this.publishRoot(next, this.#key)
    this.#key = next
    return this
  }

  put(...records: readonly MadeRecord[]): this {
    for (const record of records) this.works.set(record.id, record)
    return this
  }

  /** Signs a decision about a work with the next version. */
  revoke(work: string, serial: number, more: object = {}): this {
    this.#revocations = this.#revocations.filter((each) => Reflect.get(each, 'work') !== work)
    const entry = { state: 'revoked', effect: 'blocked', reason: 'court', on: '2026-01-02' }
    this.#revocations.push({ work, serial, ...entry, ...more })
    return this
  }

  /** Signs the next version with what is there, and its pointer. */
  publish(): this {
    const version = ++this.#version
    const targets: Draft = {}
    const add = (path: string, bytes: Uint8Array, custom?: Draft): void => {
      const hex = sha256(bytes)
      const target = { length: bytes.length, hashes: { sha256: hex } }
      targets[path] = custom === undefined ? target : { ...target, custom }
      const slash = path.lastIndexOf('/') + 1
      this.files.set(`targets/${path.slice(0, slash)}${hex}.${path.slice(slash)}`, bytes)
    }
    add('feed.json', utf8Bytes(JSON.stringify(this.#head())))
    if (this.#revocations.length > 0)
      add(
        'packs/targets/revocations.json',
        utf8Bytes(
          JSON.stringify({ type: 'matinee-revocations', version: 1, entries: this.#revocations }),
        ),
      )
    const packed = [...this.works.values()].map(packedWork)
    const bytes = writePack({ kind: 'shard', works: packed.length }, packed)
    add('packs/targets/shard-0.gz', new Uint8Array(gzipSync(bytes)), { bytes: bytes.length })
    const known = new Map(
      packed.map(({ id, added, bytes: line }): [WorkId, Sha256Text] => [
        id,
        sha256(hashedBytes({ added, bytes: line })),
      ]),
    )
    const edition = ++this.#edition
    const matinee = { edition, works: packed.length, shards: 1, state: stateOf(known, nodeHash) }
    const targetsFile = this.#sign('targets', version, { targets, matinee })
    const meta = { 'targets.json': reference(targetsFile, version) }
    const snapshot = this.#sign('snapshot', version, { meta })
    const timestamp = this.#sign('timestamp', version, {
      meta: { 'snapshot.json': reference(snapshot, version) },
    })
    this.#point(version, timestamp)
    return this
  }

  /** Writes the feed's folder anew. */
  async write(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true })
    for (const [path, bytes] of this.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), bytes)
    }
  }

  /** What the newest version's torrent holds. */
  torrentFiles(): Map<string, Uint8Array> {
    const now = String(this.#version)
    const isCurrent = (path: string): boolean => {
      const [, version, role] = /^metadata\/(\d+)\.([^.]+)\.json$/u.exec(path) ?? []
      if (path === 'metadata/timestamp.json' || path === 'pointer') return false
      if (role !== undefined && role !== 'root') return version === now
      return !path.startsWith('targets/') || this.#currentTargets.has(path)
    }
    return new Map([...this.files].filter(([path]) => isCurrent(path)))
  }

  #currentTargets = new Set<string>()

  #point(version: number, timestamp: Uint8Array): void {
    const targets = JSON.parse(
      Buffer.from(this.files.get(`metadata/${version}.targets.json`) ?? []).toString(),
    ) as { signed: { targets: Record<string, { hashes: { sha256: string } }> } }
    this.#currentTargets = new Set(
      Object.entries(targets.signed.targets).map(([path, { hashes }]) => {
        const slash = path.lastIndexOf('/') + 1
        return `targets/${path.slice(0, slash)}${hashes.sha256}.${path.slice(slash)}`
      }),
    )
    const files = [...this.torrentFiles()].map(([path, bytes]) =>
      feedTorrentFile(path, bytes, nodeHash),
    )
    const { infoHash } = feedTorrent(files, nodeHash)
    const order = { fingerprint: this.fingerprint, version, infoHash, timestamp }
    const pointer = makePointer(order, this.#key)
    if (pointer !== null) this.files.set('pointer', pointer)
  }

  publishRoot(next: Signer, before: Signer = next): void {
    const version = ++this.#rootVersion
    const id = keyIdOf(next.publicKey, nodeHash)
    const role = { keyids: [id], threshold: 1 }
    const roles = { root: role, timestamp: role, snapshot: role, targets: role }
    const signed = {
      ...this.#common('root', version),
      consistent_snapshot: true,
      keys: { [id]: tufKey(next.publicKey) },
      roles,
    }
    const signers = before === next ? [next] : [before, next]
    this.files.set(`metadata/${version}.root.json`, signFile(asJson(signed), signers, nodeHash))
  }

  #sign(role: string, version: number, fields: Draft): Uint8Array {
    const signed = { ...this.#common(role, version), ...fields }
    const bytes = signFile(asJson(signed), [this.#key], nodeHash)
    const name = role === 'timestamp' ? 'timestamp' : `${version}.${role}`
    this.files.set(`metadata/${name}.json`, bytes)
    return bytes
  }

  #common(role: string, version: number): Draft {
    const expires = role === 'timestamp' ? this.expires.timestamp : this.expires.others
    return { _type: role, spec_version: '1.0.31', version, expires }
  }

  #head(): Draft {
    return {
      type: 'matinee-feed',
      version: 1,
      trust: 'signed',
      id: 'kino',
      translations: { en: { name: this.name } },
      operator: { name: `${this.name} e. V.` },
      contact: null,
      issued: '2026-01-01',
      lists: [],
      mirrors: this.mirrors,
      ...(this.source === null ? {} : { source: this.source }),
    }
  }
}

function keyOf(name: string): Signer {
  const secret = hash('sha256', `a made publisher's key ${name}`, 'buffer')
  const der = Buffer.concat([PREFIX, secret])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  }
}

function packedWork(record: MadeRecord): PackedWork {
  const parsed = parseRecord(utf8Bytes(JSON.stringify(record)))
  if (parsed.kind !== 'record' || DAY === null)
    throw new RangeError('a made record is of this version')
  return { id: parsed.record.id, added: DAY, bytes: canonicalRecord(parsed.record) }
}

function reference(bytes: Uint8Array, version: number): Draft {
  return { version, length: bytes.length, hashes: { sha256: sha256(bytes) } }
}

function sha256(bytes: Uint8Array): Sha256Text {
  const text = parseSha256(hash('sha256', bytes))
  if (text === null) throw new RangeError('a SHA-256 is one')
  return text
}

function asJson(draft: Draft): Parameters<typeof signFile>[0] {
  return JSON.parse(JSON.stringify(draft)) as Parameters<typeof signFile>[0]
}
