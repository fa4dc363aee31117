import { readFileSync } from 'node:fs'
import { toHex } from '@matinee/base'

/** A file of `fixtures/`, in the shape that the caller knows it to have. */
export function readFixture<T>(path: string): T {
  const shape: T = JSON.parse(
    readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8'),
  )
  return shape
}

/** A decoded value as it stands in a fixture: bytes as hexadecimal text, maps as objects. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]))
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]))
}
