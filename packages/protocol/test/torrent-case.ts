import { readFileSync } from 'node:fs'
import { latin1Bytes } from '@matinee/base'

/** A JSON value of `fixtures/metainfo/malformed.json`, before bencoding. */
export type Plain = number | string | readonly Plain[] | { readonly [key: string]: Plain }

/** A case of the table. */
export interface TorrentCase {
  readonly row: string
  readonly name: string
  readonly base: string
  readonly set?: Readonly<Record<string, Plain>>
  readonly unset?: readonly string[]
  /** Why it must be refused. */
  readonly code?: string
  /** Of an accepted one: its files as they are shown. */
  readonly paths?: readonly string[]
}

interface Table {
  readonly bases: Readonly<Record<string, Plain>>
  readonly cases: readonly TorrentCase[]
  readonly accepted: readonly TorrentCase[]
}

const FIXTURES = new URL('../../../fixtures/', import.meta.url)

/** The text of a fixture. */
export function fixtureText(path: string): string {
  return readFileSync(new URL(path, FIXTURES), 'utf8')
}

/** The bytes of a fixture. */
export function fixtureBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, FIXTURES)))
}

const table = JSON.parse(fixtureText('metainfo/malformed.json')) as Table

export const REFUSED = table.cases
export const ACCEPTED = table.accepted

/** The `.torrent` file of a case. */
export function torrentOf(one: TorrentCase): Uint8Array {
  return latin1Bytes(plainBencode(valueOf(one)))
}

/** The info dictionary of a case; empty when it has none. */
export function infoOf(one: TorrentCase): Uint8Array {
  const value = valueOf(one)
  const info = isDictionary(value) ? value['info'] : undefined
  return info === undefined ? new Uint8Array(0) : latin1Bytes(plainBencode(info))
}

function valueOf(one: TorrentCase): Plain {
  let value = table.bases[one.base] ?? {}
  for (const [path, change] of Object.entries(one.set ?? {}))
    value = changed(value, path.split('/'), change)
  for (const path of one.unset ?? []) value = changed(value, path.split('/'), undefined)
  return value
}

function changed(value: Plain, path: readonly string[], change: Plain | undefined): Plain {
  const [key = '', ...rest] = path
  if (Array.isArray(value)) {
    const list: Plain[] = [...(value as readonly Plain[])]
    const at = Number(key)
    const inner = rest.length > 0 ? changed(list[at] ?? {}, rest, change) : change
    if (inner !== undefined) list[at] = inner
    return list
  }
  const entries = isDictionary(value) ? { ...value } : {}
  const inner = rest.length > 0 ? changed(entries[key] ?? {}, rest, change) : change
  if (inner === undefined) delete entries[key]
  else entries[key] = inner
  return entries
}

function isDictionary(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && !Array.isArray(value)
}

/** Bencode by another hand than the product's, so that the corpus doesn't share its faults. */
export function plainBencode(value: Plain): string {
  if (typeof value === 'number') return `i${value}e`
  if (typeof value === 'string') return `${value.length}:${value}`
  if (!isDictionary(value)) return `l${value.map(plainBencode).join('')}e`
  const { $repeat, $list, $integer } = value
  if (Array.isArray($repeat)) return plainBencode(String($repeat[0]).repeat(Number($repeat[1])))
  if (Array.isArray($list)) {
    const [element, count] = $list as readonly Plain[]
    return `l${plainBencode(element ?? 0).repeat(Number(count))}e`
  }
  if (typeof $integer === 'string') return `i${$integer}e`
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1))
  return `d${keys.map((key) => plainBencode(key) + plainBencode(value[key] ?? 0)).join('')}e`
}
