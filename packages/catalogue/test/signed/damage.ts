import fc from 'fast-check'
import { isJsonList, isJsonObject, type JsonValue } from '@matinee/catalogue'
import { type Draft, type MadePublisher } from './made-publisher.ts'

/** Something that goes wrong while a publisher publishes, or on a mirror. */
export type Damage =
  /** A value somewhere in what is signed; it's signed all the same. `pick` chooses among all places. */
  | { readonly kind: 'field'; readonly role: string; readonly pick: number; readonly value: Put }
  /** A value somewhere in the file after it was signed; what names the file names it so. */
  | { readonly kind: 'file'; readonly role: string; readonly pick: number; readonly value: Put }
  /** Bits of the file on the mirror. */
  | { readonly kind: 'bits'; readonly role: string; readonly pick: number; readonly xor: number }
  /** A role signed by others. */
  | { readonly kind: 'signers'; readonly role: string; readonly signers: readonly number[] }
  /** An older or newer file in a file's place. */
  | { readonly kind: 'version'; readonly role: string; readonly version: number }
  /** A role published anew under the version it had. */
  | { readonly kind: 'again'; readonly role: string }
  /** The file isn't there. */
  | { readonly kind: 'gone'; readonly role: string }

/** What is put in the place of a value. */
export type Put = { readonly remove: true } | { readonly json: JsonValue }

const ROLES = ['root', 'timestamp', 'snapshot', 'targets', 'kino'] as const

const VALUES: readonly JsonValue[] = [
  0,
  1,
  2,
  3,
  100,
  -1,
  2 ** 53 - 1,
  '',
  'x',
  'targets',
  'kino',
  'works/*',
  '*',
  '../x',
  '2025-01-01T00:00:00Z',
  '2026-01-01T12:00:00Z',
  '2026-02-30T00:00:00Z',
  '2030-01-01',
  '0'.repeat(64),
  'A'.repeat(64),
  true,
  false,
  null,
  [],
  {},
  ['works/*'],
  { sha256: '0'.repeat(64) },
  { version: 1 },
  { 'targets.json': { version: 1 } },
]

const role = fc.constantFrom(...ROLES)
const pick = fc.nat(1_000_000)
const value: fc.Arbitrary<Put> = fc.oneof(
  fc.constant({ remove: true } as const),
  fc.constantFrom<JsonValue>(...VALUES).map((json) => ({ json })),
)

/** One fault. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('field' as const), role, pick, value }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('file' as const), role, pick, value }) },
  fc.record({
    kind: fc.constant('bits' as const),
    role,
    pick,
    xor: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({
    kind: fc.constant('signers' as const),
    role,
    signers: fc.array(fc.constantFrom(0, 1, 2, 3, 40, 41), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('version' as const),
    role,
    version: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constant('again' as const), role }),
  fc.record({ kind: fc.constant('gone' as const), role }),
)

/** Publishes everything once more, with faults in it. */
export function publishDamaged(publisher: MadePublisher, faults: readonly Damage[]): void {
  for (const { kind, ...fault } of faults)
    if (kind === 'signers' && 'signers' in fault)
      publisher.role(fault.role).signers = [...new Set(fault.signers)]
  for (const name of ['root', 'targets', 'kino', 'snapshot', 'timestamp']) {
    const own = faults.filter((each) => each.role === name)
    publisher.publish(name, {
      keepVersion: own.some(({ kind }) => kind === 'again'),
      edit: (signed) => change(signed, own, 'field'),
      tamper: (file) => change(file, own, 'file'),
    })
  }
  for (const each of faults) damageMirror(publisher, each)
}

function change(root: Draft, faults: readonly Damage[], kind: 'field' | 'file'): void {
  for (const fault of faults) {
    if (fault.kind !== kind || !('value' in fault)) continue
    const places = placesIn(root as { [key: string]: JsonValue })
    const place = places[fault.pick % Math.max(1, places.length)]
    if (place === undefined) continue
    if ('remove' in fault.value) delete (place.in as Draft)[place.key]
    else (place.in as Draft)[place.key] = fault.value.json
    // A list must not keep a hole.
    if (Array.isArray(place.in)) place.in.splice(0, place.in.length, ...place.in.filter(() => true))
  }
}

interface Place {
  readonly in: object
  readonly key: string
}

function placesIn(value: JsonValue): Place[] {
  if (!isJsonObject(value) && !isJsonList(value)) return []
  return Object.entries(value).flatMap(([key, each]) => [{ in: value, key }, ...placesIn(each)])
}

function damageMirror({ files }: MadePublisher, fault: Damage): void {
  const path = newest(files, fault.role)
  const bytes = files.get(path)
  if (bytes === undefined) return
  if (fault.kind === 'gone') files.delete(path)
  else if (fault.kind === 'version') {
    const other = files.get(`metadata/${fault.version}.${fault.role}.json`)
    if (other !== undefined) files.set(path, other)
  } else if (fault.kind === 'bits') {
    const broken = bytes.slice()
    const at = fault.pick % broken.length
    broken[at] = (broken[at] ?? 0) ^ fault.xor
    files.set(path, broken)
  }
}

function newest(files: ReadonlyMap<string, Uint8Array>, role: string): string {
  if (role === 'timestamp') return 'metadata/timestamp.json'
  const versions = [...files.keys()].flatMap((path) => {
    const version = /^metadata\/(\d+)\.([a-z]+)\.json$/u.exec(path)
    return version?.[2] === role ? [Number(version[1])] : []
  })
  return `metadata/${Math.max(0, ...versions)}.${role}.json`
}
