/** Longer than other files: a table of cases, each read by itself. */
import { tufCanonicalJson, tufKey } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { madeKey } from './made-key.ts'
import { type Draft, madeKeyId, tampered } from './made-publisher.ts'
import { type RefreshCase, story } from './refresh-case.ts'

const ALL = [1, 1, 1, 1] as const
const ROOT_ALONE = [1, 0, 0, 0] as const
const FIRST_ASKS = [
  'metadata/2.root.json',
  'metadata/timestamp.json',
  'metadata/1.snapshot.json',
  'metadata/1.targets.json',
]

/** Refreshes as they are when all is well, and files that are wrong by themselves. */
export const BASIC_CASES: readonly RefreshCase[] = [
  story(
    {
      name: 'a feed is read for the first time',
      conformance: 'test_basic_refresh_requests',
      step: '13.1',
    },
    (made) => made.round('updated', ALL, { asks: FIRST_ASKS }),
  ),
  story(
    {
      name: 'files are kept as they came',
      conformance: 'test_basic_refresh_trusted_data',
      step: '13.6',
    },
    (made) => made.round('updated', ALL).round('unchanged', ALL),
  ),
  story(
    {
      name: 'a file nobody signed for is not found',
      conformance: 'test_implicit_refresh',
      step: '11.6',
    },
    (made) => made.round('updated', ALL, { asks: FIRST_ASKS, finds: { 'packs/none': null } }),
  ),
  story(
    {
      name: 'a first root without a version',
      conformance: 'test_invalid_initial_root',
      step: '13.1',
    },
    (made, publisher) => {
      const root = publisher.files.get('metadata/1.root.json') ?? new Uint8Array()
      made
        .beginWith(tampered(root, (file) => delete (file['signed'] as Draft)['version']))
        .round('missing-field', ROOT_ALONE, { asks: [] })
    },
  ),
  story(
    {
      name: 'a first root with another signature',
      conformance: 'test_unsigned_initial_root',
      row: 'C1',
      step: '13.1',
    },
    (made, publisher) => {
      const root = publisher.files.get('metadata/1.root.json') ?? new Uint8Array()
      const sign = (file: Draft): void =>
        void (file['signatures'] = [{ keyid: madeKeyId(0), sig: '0a'.repeat(64) }])
      made.beginWith(tampered(root, sign)).round('signatures', ROOT_ALONE, { asks: [] })
    },
  ),
  ...(['root', 'timestamp', 'snapshot', 'targets'] as const).map((name) =>
    story(
      {
        name: `${name} that nobody signed`,
        conformance: `test_unsigned_metadata[${name}]`,
        row: 'C1',
        step: '10.5',
      },
      (made, publisher) => {
        publisher.role(name).signers = []
        publisher.publish('root').update()
        made.round('signatures', name === 'root' ? ROOT_ALONE : [2, 0, 0, 0])
      },
    ),
  ),
  story(
    {
      name: 'a root of version 3 in the place of version 2',
      conformance: 'test_url_and_metadata_version_mismatch[root]',
      row: 'C9',
      step: '13.2',
    },
    (made, publisher) => {
      publisher.publish('root', { edit: (signed) => void (signed['version'] = 3) })
      made.round('other-version', ROOT_ALONE)
    },
  ),
  story(
    {
      name: 'a snapshot under another version',
      conformance: 'test_url_and_metadata_version_mismatch[snapshot]',
      row: 'C4',
      step: '13.3',
    },
    (made, publisher) => {
      publisher
        .publish('snapshot', { edit: (signed) => void (signed['version'] = 3) })
        .publish('timestamp')
      made.round('missing', ROOT_ALONE)
    },
  ),
  story(
    {
      name: 'targets under another version',
      conformance: 'test_url_and_metadata_version_mismatch[targets]',
      row: 'C4',
      step: '13.4',
    },
    (made, publisher) => {
      publisher
        .publish('targets', { edit: (signed) => void (signed['version'] = 3) })
        .update('snapshot')
      made.round('missing', ROOT_ALONE)
    },
  ),
  story(
    {
      name: 'a timestamp of the same version with other contents',
      conformance: 'test_timestamp_content_changes',
      row: 'C2',
      step: '13.3',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.meta('timestamp')['snapshot.json'] = {
        version: 100,
        length: 9,
        hashes: { sha256: '0'.repeat(64) },
      }
      publisher.publish('timestamp', { keepVersion: true })
      made.round('unchanged', ALL, { asks: ['metadata/2.root.json', 'metadata/timestamp.json'] })
    },
  ),
  story(
    {
      name: 'targets with another hash than the snapshot says',
      conformance: 'test_basic_metadata_hash_support',
      row: 'C4',
      step: '13.4',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.publish('targets')
      const meta = publisher.meta('snapshot')['targets.json'] ?? {}
      meta['hashes'] = { sha256: '46'.repeat(32) }
      publisher.update('snapshot')
      made.round('file-hash', ALL)
    },
  ),
  story(
    {
      name: 'a snapshot with another hash than the timestamp says',
      conformance: 'test_snapshot_hash_mismatch',
      row: 'C4',
      step: '13.3',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.publish('targets').publish('snapshot')
      const meta = publisher.meta('timestamp')['snapshot.json'] ?? {}
      meta['hashes'] = { sha256: '46'.repeat(32) }
      publisher.publish('timestamp')
      made.round('file-hash', ALL)
    },
  ),
  story(
    {
      name: 'the bytes that came are kept, spaces too',
      conformance: 'test_metadata_bytes_match',
      step: '13.6',
    },
    (made, publisher) => {
      const bytes = publisher.files.get('metadata/timestamp.json') ?? new Uint8Array()
      publisher.files.set('metadata/timestamp.json', Uint8Array.of(...bytes, 32))
      made.round('updated', ALL)
    },
  ),
  story(
    {
      name: 'fields that nobody knows are signed and ignored',
      conformance: 'test_custom_fields',
      step: '10.2',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.publish('root', {
        edit: (signed) => {
          signed['custom-field'] = 'value'
          const root = (signed['roles'] as Record<string, Draft>)['root'] ?? {}
          root['another-field'] = 'value'
          addKey(signed, 9, { 'extra-field': { a: 1, b: 2 } }, 'root')
        },
      })
      made.round('unchanged', [2, 1, 1, 1])
    },
  ),
  story(
    {
      name: 'a field of old keys means nothing',
      conformance: 'test_deprecated_keyid_hash_algorithms',
      step: '10.5',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      let id = ''
      publisher.role('snapshot').keys = []
      publisher.role('snapshot').signers = [9]
      publisher
        .publish('root', {
          edit: (signed) =>
            void (id = addKey(signed, 9, { keyid_hash_algorithms: 'md5' }, 'snapshot')),
        })
        .publish('snapshot', {
          tamper: (file) => {
            const [signature] = file['signatures'] as Draft[]
            if (signature !== undefined) signature['keyid'] = id
          },
        })
        .publish('timestamp')
      made.round('updated', [2, 2, 2, 1])
    },
  ),
  story(
    { name: 'a snapshot that is not there', conformance: 'test_snapshot_404', step: '13.3' },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.update('targets').files.delete('metadata/2.snapshot.json')
      made.round('missing', ALL)
    },
  ),
  story(
    { name: 'targets that are not there', conformance: 'test_targets_404', step: '13.4' },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.update('targets').files.delete('metadata/2.targets.json')
      made.round('missing', ALL)
    },
  ),
  story(
    { name: 'a timestamp that is not there', conformance: 'test_timestamp_404', step: '13.3' },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.files.delete('metadata/timestamp.json')
      made.round('missing', ALL)
    },
  ),
  story(
    {
      name: 'a snapshot in the place of the timestamp',
      conformance: 'test_incorrect_metadata_type',
      row: 'C4',
      step: '10.4',
    },
    (made, publisher) => {
      const role = publisher.role('snapshot')
      role.keys.push(1)
      role.signers.push(1)
      publisher.publish('root').publish('snapshot', {
        edit: (signed) =>
          void (signed['meta'] = { 'snapshot.json': publisher.meta('timestamp')['snapshot.json'] }),
        path: 'metadata/timestamp.json',
      })
      made.round('type', [2, 0, 0, 0])
    },
  ),
  story(
    {
      name: 'targets that no snapshot names yet',
      conformance: 'test_new_targets_version_mismatch',
      step: '13.4',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.publish('targets')
      made.round('unchanged', ALL, { asks: ['metadata/2.root.json', 'metadata/timestamp.json'] })
    },
  ),
]

/** Adds a key with more fields to a root, and to one of its roles; its id. */
function addKey(root: Draft, number: number, more: Draft, role: string): string {
  const key = { ...tufKey(madeKey(number).publicKey), ...more }
  const id = nodeHash.sha256(tufCanonicalJson(JSON.parse(JSON.stringify(key)))).toHex()
  ;(root['keys'] as Draft)[id] = key
  const signers = (root['roles'] as Record<string, Draft>)[role] ?? {}
  signers['keyids'] = [...(signers['keyids'] as string[]), id]
  return id
}
