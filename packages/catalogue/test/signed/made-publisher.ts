import { type JsonObject, keyIdOf, signFile, tufKey } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { madeKey } from './made-key.ts'

/** JSON that a test changes. */
export interface Draft {
  [field: string]: unknown
}

/** A role as the publisher means to sign it. */
export interface MadeRole {
  /** Numbers of made keys that the delegating role names. */
  keys: number[]
  threshold: number
  /** Numbers of those that sign. */
  signers: number[]
  /** What the next file says; `version` is the last one's. */
  draft: Draft
}

/** How a role is published. */
export interface Publishing {
  /** Default: the version goes up by one. */
  readonly keepVersion?: boolean
  /** Changes what is about to be signed. */
  readonly edit?: (signed: Draft) => void
  /** Changes the file that was signed. */
  readonly tamper?: (file: Draft) => void
  /** Publishes under another path. */
  readonly path?: string
}

const encoder = new TextEncoder()

/**
 * A publisher whose every file can be wrong. Publishing a role of targets puts it into the next snapshot, a snapshot into
 * the next timestamp; neither is published by that.
 */
export class MadePublisher {
  /** Path → file, as a mirror has them. */
  readonly files = new Map<string, Uint8Array>()
  readonly roles: Record<string, MadeRole> = {}
  /** Curators in their order. */
  readonly delegations: Draft[] = []

  constructor(isPublished = true) {
    const roles = ['root', 'timestamp', 'snapshot', 'targets'] as const
    const expiries = ['2027-01-01', '2026-02-01', '2026-07-01', '2026-07-01']
    roles.forEach((name, index) => {
      const draft: Draft = {
        _type: name,
        spec_version: '1.0.31',
        version: 0,
        expires: `${expiries[index]}T00:00:00Z`,
      }
      this.roles[name] = { keys: [index], threshold: 1, signers: [index], draft }
    })
    this.role('root').draft['consistent_snapshot'] = true
    this.role('timestamp').draft['issued'] = '2026-01-01T00:00:00Z'
    this.role('timestamp').draft['meta'] = {}
    this.role('snapshot').draft['meta'] = {}
    this.role('targets').draft['targets'] = {}
    if (isPublished) this.publishAll()
  }

  /** A role by name. */
  role(name: string): MadeRole {
    const role = this.roles[name]
    if (role === undefined) throw new RangeError(`no role ${name}`)
    return role
  }

  /** Another publisher who goes on from here. */
  copy(): MadePublisher {
    const copy = new MadePublisher(false)
    Object.assign(copy.roles, structuredClone(this.roles))
    copy.delegations.push(...structuredClone(this.delegations))
    for (const [path, bytes] of this.files) copy.files.set(path, bytes)
    return copy
  }

  /** Root, targets, curators, snapshot and timestamp. */
  publishAll(): this {
    const curators = Object.keys(this.roles).filter((name) => !isTop(name))
    for (const name of ['root', 'targets', ...curators, 'snapshot', 'timestamp']) this.publish(name)
    return this
  }

  /** Targets (or the roles given; `snapshot` = none), snapshot and timestamp. */
  update(...names: readonly string[]): this {
    for (const name of names.length === 0 ? ['targets'] : names)
      if (name !== 'snapshot') this.publish(name)
    return this.publish('snapshot').publish('timestamp')
  }

  /** Signs the next file of a role and puts it on the mirror. */
  publish(name: string, options: Publishing = {}): this {
    const role = this.role(name)
    if (options.keepVersion !== true) role.draft['version'] = Number(role.draft['version']) + 1
    const signed = structuredClone(role.draft)
    if (name === 'root') Object.assign(signed, this.#rootFields())
    if (name === 'targets' && this.delegations.length > 0)
      signed['delegations'] = this.#delegationFields()
    options.edit?.(signed)
    let bytes = signFile(asJson(signed), role.signers.map(madeKey), nodeHash)
    if (options.tamper !== undefined) bytes = tampered(bytes, options.tamper)
    const version = Number(signed['version'])
    const path =
      name === 'timestamp'
        ? 'metadata/timestamp.json'
        : `metadata/${Number(role.draft['version'])}.${name}.json`
    this.files.set(options.path ?? path, bytes)
    if (name === 'snapshot') this.meta('timestamp')['snapshot.json'] = reference(bytes, version)
    else if (!['root', 'timestamp'].includes(name))
      this.meta('snapshot')[`${name}.json`] = reference(bytes, version)
    return this
  }

  /** What the next snapshot or timestamp says of other files. */
  meta(name: 'snapshot' | 'timestamp'): Record<string, Draft> {
    return this.role(name).draft['meta'] as Record<string, Draft>
  }

  /** What the next file of a role of targets signs for. */
  targets(name: string): Record<string, Draft> {
    return this.role(name).draft['targets'] as Record<string, Draft>
  }

  /** Puts a file on the mirror, signed for by a role. */
  add(name: string, path: string, bytes: Uint8Array, custom?: Draft): this {
    const sha256 = nodeHash.sha256(bytes).toHex()
    const target = { length: bytes.length, hashes: { sha256 } }
    this.targets(name)[path] = custom === undefined ? target : { ...target, custom }
    const slash = path.lastIndexOf('/') + 1
    this.files.set(`targets/${path.slice(0, slash)}${sha256}.${path.slice(slash)}`, bytes)
    return this
  }

  /** Names a curator, whose first file isn't published yet. */
  delegate(name: string, key: number, paths: readonly string[], isTerminating = false): this {
    const draft: Draft = {
      _type: 'targets',
      spec_version: '1.0.31',
      version: 0,
      expires: '2026-07-01T00:00:00Z',
      targets: {},
    }
    this.roles[name] = { keys: [key], threshold: 1, signers: [key], draft }
    this.delegations.push({ name, paths, terminating: isTerminating })
    return this
  }

  /** Gives a role another key, and only that. */
  rotate(name: string, key: number): this {
    const role = this.role(name)
    role.keys = [key]
    role.signers = name === 'root' ? [...role.signers, key] : [key]
    return this
  }

  #rootFields(): Draft {
    const names = ['root', 'timestamp', 'snapshot', 'targets']
    const roles = names.map((name) => [name, signersOf(this.role(name))])
    return { keys: keysOf(names.map((name) => this.role(name))), roles: Object.fromEntries(roles) }
  }

  #delegationFields(): Draft {
    const roles = this.delegations.map((delegation) => ({
      ...signersOf(this.role(String(delegation['name']))),
      ...delegation,
    }))
    const named = this.delegations.map(({ name }) => this.role(String(name)))
    return { keys: keysOf(named), roles }
  }
}

/** A file as TUF names it elsewhere. */
export function reference(bytes: Uint8Array, version: number): Draft {
  return { version, length: bytes.length, hashes: { sha256: nodeHash.sha256(bytes).toHex() } }
}

/** The id of a made key. */
export function madeKeyId(number: number): string {
  return keyIdOf(madeKey(number).publicKey, nodeHash)
}

/** A file with something in it changed after it was signed. */
export function tampered(bytes: Uint8Array, change: (file: Draft) => void): Uint8Array {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as Draft
  change(file)
  return encoder.encode(JSON.stringify(file))
}

function signersOf({ keys, threshold }: MadeRole): Draft {
  return { keyids: keys.map(madeKeyId), threshold }
}

function keysOf(roles: readonly MadeRole[]): Draft {
  const numbers = new Set(roles.flatMap(({ keys }) => keys))
  return Object.fromEntries(
    [...numbers].map((number) => [madeKeyId(number), tufKey(madeKey(number).publicKey)]),
  )
}

function isTop(name: string): boolean {
  return ['root', 'timestamp', 'snapshot', 'targets'].includes(name)
}

/** What a draft is once it's written. */
function asJson(draft: Draft): JsonObject {
  return JSON.parse(JSON.stringify(draft)) as JsonObject
}
