import { concatBytes, utf8Bytes } from '@matinee/base'
import { type RefreshCase, story } from './refresh-case.ts'

const ROOT_ALONE = [1, 0, 0, 0] as const

/** A timestamp's text in the place of the right one: what it must be refused with. */
const TEXTS: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'a file without an end': ['{"signed":', 'not-json'],
  'nothing at all': ['', 'not-json'],
  'lists a hundred thousand deep': ['['.repeat(16_000), 'too-deep'],
  'objects deeper than they may be': [`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`, 'too-deep'],
  'more values than there may be': [`{"a":[${'1,'.repeat(2000)}1]}`, 'too-many-values'],
  'a key of the prototype': ['{"__proto__":{"polluted":true},"signed":{}}', 'key'],
  'one key twice': ['{"signed":{},"signed":{}}', 'duplicate-key'],
  'one key twice, written in two ways': [
    String.raw`{"signed":{},"sign\u0065d":{}}`,
    'duplicate-key',
  ],
  'a number beyond all': ['{"signed":{"version":1e400}}', 'value'],
  'a number with a fraction': ['{"signed":{"version":1.5}}', 'value'],
  'a negative zero': ['{"signed":{"version":-0}}', 'value'],
  'half a surrogate pair': [String.raw`{"signed":{"a":"\ud800"}}`, 'not-unicode'],
  'a list': ['[]', 'wrong-type'],
  'a text': ['"timestamp"', 'wrong-type'],
  'no signed part': ['{"signatures":[]}', 'missing-field'],
  'a signed part that is null': ['{"signed":null,"signatures":[]}', 'missing-field'],
  'no signatures': ['{"signed":{"_type":"timestamp","spec_version":"1.0.31"}}', 'missing-field'],
  'another version of TUF': [
    '{"signed":{"_type":"timestamp","spec_version":"2.0"},"signatures":[]}',
    'unsupported',
  ],
}

/** A timestamp that is signed as it should be, with one field that isn't as it should be. */
const FIELDS: Readonly<Record<string, readonly [field: string, value: unknown, code: string]>> = {
  'a version of zero': ['version', 0, 'version'],
  'a version below zero': ['version', -1, 'version'],
  'a version that is a text': ['version', '1', 'wrong-type'],
  'no moment of expiry': ['expires', null, 'missing-field'],
  'an expiry that is no moment': ['expires', 'tomorrow', 'date'],
  'an expiry on a day that does not exist': ['expires', '2026-02-30T00:00:00Z', 'date'],
  'an expiry before it was signed': ['expires', '2025-12-31T00:00:00Z', 'date'],
  'a snapshot of the version zero': [
    'meta',
    { 'snapshot.json': { version: 0, length: 1, hashes: { sha256: '0'.repeat(64) } } },
    'value',
  ],
  'a snapshot of any length': [
    'meta',
    { 'snapshot.json': { version: 1, hashes: { sha256: '0'.repeat(64) } } },
    'missing-field',
  ],
  'a snapshot too long to be one': [
    'meta',
    { 'snapshot.json': { version: 1, length: 2_000_001, hashes: { sha256: '0'.repeat(64) } } },
    'too-large',
  ],
  'a snapshot of any hash': [
    'meta',
    { 'snapshot.json': { version: 1, length: 9 } },
    'missing-field',
  ],
  'a snapshot with a hash that is none': [
    'meta',
    { 'snapshot.json': { version: 1, length: 9, hashes: { sha256: 'no' } } },
    'hash',
  ],
  'no snapshot': ['meta', {}, 'missing-field'],
}

/** Fields that tuf-js takes as they are. */
const LOOSE: ReadonlySet<string> = new Set([
  'a version of zero',
  'a version below zero',
  'an expiry on a day that does not exist',
])

/** Files that are made to harm. */
export const HOSTILE_CASES: readonly RefreshCase[] = [
  ...Object.entries(TEXTS).map(([name, [text, code]]) =>
    story(
      { name, row: name.startsWith('lists') ? 'C5' : 'C11', step: '10.2' },
      (made, publisher) => {
        publisher.files.set('metadata/timestamp.json', utf8Bytes(text))
        made.round(code, ROOT_ALONE)
      },
    ),
  ),
  ...Object.entries(FIELDS).map(([name, [field, value, code]]) =>
    story(
      {
        name,
        row: 'C11',
        step: '10.4',
        ...(LOOSE.has(name) ? { differs: 'strict' as const } : {}),
      },
      (made, publisher) => {
        const edit = (signed: Record<string, unknown>): void => void (signed[field] = value)
        publisher.publish('timestamp', { edit })
        made.round(code, ROOT_ALONE)
      },
    ),
  ),
  ...(['root', 'timestamp', 'snapshot', 'targets'] as const).map((name) =>
    story({ name: `${name} without an end`, row: 'C5', step: '10.3' }, (made, publisher) => {
      publisher.publishAll()
      const path = name === 'timestamp' ? 'metadata/timestamp.json' : `metadata/2.${name}.json`
      const bytes = publisher.files.get(path) ?? new Uint8Array()
      const spaces = new Uint8Array(name === 'timestamp' ? 16_384 : 512_000).fill(32)
      publisher.files.set(path, concatBytes([bytes, spaces]))
      const isNamed = name === 'snapshot' || name === 'targets'
      made.round(isNamed ? 'file-hash' : 'too-large', name === 'root' ? ROOT_ALONE : [2, 0, 0, 0])
    }),
  ),
  story({ name: 'bytes that are no UTF-8', row: 'C11', step: '10.2' }, (made, publisher) => {
    publisher.files.set('metadata/timestamp.json', Uint8Array.of(0x7b, 0xff, 0x7d))
    made.round('not-utf8', ROOT_ALONE)
  }),
  story(
    { name: 'names of files that change', row: 'C4', step: '11.1', differs: 'strict' },
    (made, publisher) => {
      publisher.role('root').draft['consistent_snapshot'] = false
      publisher.publish('root')
      made.round('unsupported', ROOT_ALONE)
    },
  ),
  story(
    { name: 'a delegation by the hash of a path', row: 'C13', step: '11.4', differs: 'strict' },
    (made, publisher) => {
      const role = {
        name: 'kino',
        keyids: [],
        threshold: 1,
        terminating: false,
        path_hash_prefixes: ['00'],
      }
      publisher.publish('targets', {
        edit: (signed) => void (signed['delegations'] = { keys: {}, roles: [role] }),
      })
      publisher.update('snapshot')
      made.round('unsupported', ROOT_ALONE)
    },
  ),
]
