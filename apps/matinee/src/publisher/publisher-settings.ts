import { fromHex, toHex, utf8Bytes } from '@matinee/base'
import {
  type CuratorOrder,
  type JsonObject,
  type RoleName,
  isJsonObject,
  parseCuratorName,
  parseSha256,
  type Sha256Text,
} from '@matinee/catalogue'
import * as z from 'zod/mini'
import { PublisherError } from './publisher-error.ts'

/** Days for which a role's file holds. */
export type RoleDays = Readonly<Record<'root' | 'timestamp' | 'snapshot' | 'targets', number>>

/** A key by its name. */
export interface NamedKey {
  readonly name: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

/** What publisher.json says: nothing secret, and nothing that the newest root says already. */
export interface PublisherSettings {
  /** Whose folder it is: a feed's, or that of somebody whom a feed named a curator. */
  readonly kind: { readonly is: 'publisher' } | { readonly is: 'curator'; readonly role: RoleName }
  /** SHA-256 of the first root; of a curator's folder the feed's, when it was told. */
  readonly fingerprint: Sha256Text | null
  /** The fields of feed.json that the publisher chooses; empty for a curator. */
  readonly head: JsonObject
  readonly keys: readonly NamedKey[]
  readonly days: RoleDays
  /** In the order in which they're asked. */
  readonly curators: readonly CuratorOrder[]
}

/** A root a year, a timestamp a month; the others as long as a publisher may be away without losing readers' trust. */
export const USUAL_DAYS: RoleDays = { root: 365, timestamp: 30, snapshot: 180, targets: 180 }

const MOST_DAYS = 3650
const id = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u), z.maxLength(64))
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/u))
const days = z.int().check(z.minimum(1), z.maximum(MOST_DAYS))

const settingsSchema = z.strictObject({
  type: z.literal('matinee-publisher'),
  version: z.literal(1),
  curator: z.optional(id),
  fingerprint: z.nullable(hash),
  feed: z.record(z.string(), z.unknown()),
  keys: z.array(z.strictObject({ name: id, public: hash })),
  days: z.strictObject({ root: days, timestamp: days, snapshot: days, targets: days }),
  curators: z.array(
    z.strictObject({
      name: id,
      keys: z.array(hash).check(z.minLength(1), z.maxLength(64)),
      threshold: z.int().check(z.minimum(1)),
      paths: z.array(z.string()).check(z.minLength(1), z.maxLength(100)),
      terminating: z.boolean(),
    }),
  ),
})

/** Reads publisher.json. Throws {@link PublisherError} `damaged`. */
export function parseSettings(bytes: Uint8Array): PublisherSettings {
  const fields = settingsSchema.safeParse(jsonOf(bytes))
  if (!fields.success) {
    const [issue] = fields.error.issues
    const place = issue === undefined ? '' : ` at ${issue.path.join('.') || 'its beginning'}`
    throw new PublisherError(
      'damaged',
      `publisher.json isn't right${place}: mend it, or restore it`,
    )
  }
  const { curator, fingerprint, feed, keys, curators } = fields.data
  const role = curator === undefined ? null : parseCuratorName(curator)
  if (curator !== undefined && role === null) throw damaged(`the curator's name ${curator}`)
  return {
    kind: role === null ? { is: 'publisher' } : { is: 'curator', role },
    fingerprint: fingerprint === null ? null : parseSha256(fingerprint),
    head: isJsonObject(feed) ? feed : {},
    keys: keys.map(({ name, public: key }) => ({ name, publicKey: bytesOf(key) })),
    days: fields.data.days,
    curators: curators.map(({ name, keys: own, threshold, paths, terminating }) => ({
      name: parseCuratorName(name) ?? fail(damaged(`the curator ${name}`)),
      keys: own.map(bytesOf),
      threshold,
      paths,
      isTerminating: terminating,
    })),
  }
}

/** The bytes of publisher.json, for people to read. */
export function writeSettings(settings: PublisherSettings): Uint8Array {
  const { kind, fingerprint, head, keys, curators } = settings
  const json = {
    type: 'matinee-publisher',
    version: 1,
    ...(kind.is === 'curator' ? { curator: kind.role } : {}),
    fingerprint,
    feed: head,
    keys: keys.map(({ name, publicKey }) => ({ name, public: toHex(publicKey) })),
    days: settings.days,
    curators: curators.map(({ name, keys: own, threshold, paths, isTerminating }) => ({
      name,
      keys: own.map(toHex),
      threshold,
      paths,
      terminating: isTerminating,
    })),
  }
  return utf8Bytes(`${JSON.stringify(json, null, 2)}\n`)
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

function bytesOf(hexText: string): Uint8Array {
  return fromHex(hexText) ?? new Uint8Array()
}

function damaged(what: string): PublisherError {
  return new PublisherError('damaged', `publisher.json: ${what} can't be one; mend it`)
}

function fail(error: Error): never {
  throw error
}
