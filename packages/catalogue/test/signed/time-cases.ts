/** Longer than other files: a table of cases, each read by itself. */
import { type RefreshCase, story } from './refresh-case.ts'

const ALL = [1, 1, 1, 1] as const
const DAY_18 = { now: '2026-01-19T12:00:00Z' }

/** Expiry, going back, and the way out of versions that ran away. */
export const TIME_CASES: readonly RefreshCase[] = [
  story(
    {
      name: 'a root that has expired is kept, and nothing newer under it',
      conformance: 'test_root_expired',
      row: 'C3',
      step: '13.5',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.publish('root')
      made.round('unchanged', [2, 1, 1, 1])
      publisher.role('root').draft['expires'] = '2025-12-31T00:00:00Z'
      publisher.publish('root').update()
      made.round('root-expired', [3, 1, 1, 1])
    },
  ),
  story(
    {
      name: 'a root that expires says so',
      conformance: 'test_faketime',
      row: 'C3',
      step: '13.5',
      differs: 'expiry',
    },
    (made, publisher) => {
      publisher.role('root').draft['expires'] = '2026-01-08T00:00:00Z'
      publisher.publish('root')
      made.round('updated', [2, 1, 1, 1])
      made.round('unchanged', [2, 1, 1, 1], { ...DAY_18, stale: 'root' })
    },
  ),
  ...(['timestamp', 'snapshot', 'targets'] as const).map((name) =>
    story(
      {
        name: `${name} that has expired is shown as such`,
        conformance: `test_${name}_expired`,
        row: 'C3',
        step: '13.5',
        differs: 'expiry',
      },
      (made, publisher) => {
        made.round('updated', ALL)
        publisher.role(name).draft['expires'] = '2026-01-01T06:00:00Z'
        publisher.update()
        made.round('updated', [1, 2, 2, 2], { stale: name })
      },
    ),
  ),
  story(
    {
      name: 'a root that expired here is followed by a newer one',
      conformance: 'test_expired_local_root',
      step: '13.2',
    },
    (made, publisher) => {
      publisher.role('root').draft['expires'] = '2026-01-08T00:00:00Z'
      publisher.publish('root')
      made.round('updated', [2, 1, 1, 1])
      publisher.role('root').draft['expires'] = '2026-01-22T00:00:00Z'
      publisher.publish('root')
      made.round('unchanged', [3, 1, 1, 1], DAY_18)
    },
  ),
  story(
    {
      name: 'a timestamp that expired here is followed by a newer one',
      conformance: 'test_expired_local_timestamp',
      differs: 'expiry',
      row: 'C3',
      step: '13.5',
    },
    (made, publisher) => {
      publisher.role('timestamp').draft['expires'] = '2026-01-08T00:00:00Z'
      publisher.publish('timestamp')
      made.round('updated', [1, 2, 1, 1])
      made.round('unchanged', [1, 2, 1, 1], { ...DAY_18, stale: 'timestamp' })
      publisher.role('timestamp').draft['expires'] = '2026-01-22T00:00:00Z'
      publisher.update()
      made.round('updated', [1, 3, 2, 2], DAY_18)
    },
  ),
  story(
    {
      name: 'a snapshot that goes back without a timestamp is not asked for',
      conformance: 'test_simple_snapshot_rollback',
      row: 'C2',
      step: '13.3',
    },
    (made, publisher) => {
      publisher.update('snapshot')
      made.round('updated', [1, 2, 2, 1])
      publisher.role('snapshot').draft['version'] = 1
      publisher.files.delete('metadata/2.snapshot.json')
      made.round('unchanged', [1, 2, 2, 1], {
        asks: ['metadata/2.root.json', 'metadata/timestamp.json'],
      })
    },
  ),
  story(
    {
      name: 'a timestamp that goes back',
      conformance: 'test_new_timestamp_version_rollback',
      row: 'C2',
      step: '13.3',
    },
    (made, publisher) => {
      publisher.publish('timestamp')
      made.round('updated', [1, 2, 1, 1])
      publisher.role('timestamp').draft['version'] = 0
      publisher.publish('timestamp')
      made.round('rollback', [1, 2, 1, 1])
    },
  ),
  story(
    {
      name: 'a snapshot that goes back',
      conformance: 'test_snapshot_rollback',
      row: 'C2',
      step: '13.3',
    },
    (made, publisher) => {
      publisher.update()
      made.round('updated', [1, 2, 2, 2])
      publisher.role('snapshot').draft['version'] = 0
      publisher.update('snapshot')
      made.round('rollback', [1, 2, 2, 2])
    },
  ),
  story(
    { name: 'targets that go back', conformance: 'test_targets_rollback', row: 'C2', step: '13.3' },
    (made, publisher) => {
      publisher.update()
      made.round('updated', [1, 2, 2, 2])
      publisher.role('targets').draft['version'] = 0
      publisher.update()
      made.round('rollback', [1, 2, 2, 2])
    },
  ),
  story(
    {
      name: 'a role that vanishes from the snapshot',
      conformance: 'test_targets_role_removal',
      row: 'C2',
      step: '13.3',
    },
    (made, publisher) => {
      publisher.delegate('kino', 5, ['works/kino-*']).update('targets', 'kino')
      made.round('updated', [1, 2, 2, 2], { curators: ['kino'] })
      delete publisher.meta('snapshot')['kino.json']
      publisher.update('snapshot')
      made.round('role-removed', [1, 2, 2, 2], { curators: ['kino'] })
    },
  ),
  story(
    {
      name: 'targets that ran away come back with new keys of the snapshot',
      conformance: 'test_new_targets_fast_forward_recovery',
      row: 'C6',
      step: '13.2',
    },
    (made, publisher) => {
      publisher.role('targets').draft['version'] = 99_998
      publisher.update()
      made.round('updated', [1, 2, 2, 99_999])
      publisher.rotate('snapshot', 6)
      publisher.publish('root')
      publisher.role('targets').draft['version'] = 0
      publisher.update()
      made.round('updated', [2, 3, 3, 1])
    },
  ),
  story(
    {
      name: 'a snapshot that ran away comes back with new keys of both',
      conformance: 'test_new_snapshot_fast_forward_recovery',
      row: 'C6',
      step: '13.2',
    },
    (made, publisher) => {
      publisher.role('snapshot').draft['version'] = 99_998
      publisher.update()
      made.round('updated', [1, 2, 99_999, 2])
      publisher.rotate('snapshot', 6).rotate('timestamp', 7)
      publisher.publish('root')
      publisher.role('snapshot').draft['version'] = 0
      publisher.update()
      made.round('updated', [2, 3, 1, 3])
    },
  ),
  story(
    {
      name: 'a timestamp that ran away comes back with a new key',
      conformance: 'test_new_timestamp_fast_forward_recovery',
      row: 'C6',
      step: '13.2',
    },
    (made, publisher) => {
      publisher.role('timestamp').draft['version'] = Number.MAX_SAFE_INTEGER - 1
      publisher.publish('timestamp')
      made.round('updated', [1, Number.MAX_SAFE_INTEGER, 1, 1])
      publisher.rotate('timestamp', 7)
      publisher.publish('root')
      publisher.role('timestamp').draft['version'] = 0
      publisher.publish('timestamp')
      made.round('updated', [2, 1, 1, 1])
    },
  ),
  story(
    {
      name: 'a snapshot newer than the timestamp says',
      conformance: 'test_new_snapshot_version_mismatch',
      row: 'C4',
      step: '13.3',
    },
    (made, publisher) => {
      publisher.publish('snapshot', { path: 'metadata/1.snapshot.json' })
      made.round('file-hash', [1, 0, 0, 0])
    },
  ),
  story({ name: 'a version above 2^53 − 1', row: 'C6', step: '10.2' }, (made, publisher) => {
    const edit = (signed: Record<string, unknown>): void => void (signed['version'] = 2 ** 52)
    publisher.publish('timestamp', { edit })
    const text = new TextDecoder().decode(publisher.files.get('metadata/timestamp.json'))
    const longer = text.replaceAll(String(2 ** 52), '9007199254740993')
    publisher.files.set('metadata/timestamp.json', new TextEncoder().encode(longer))
    made.round('value', [1, 0, 0, 0])
  }),
  story(
    {
      name: 'the clock goes back before what was signed',
      differs: 'expiry',
      row: 'A16',
      step: '13.5',
    },
    (made, publisher) => {
      publisher.role('timestamp').draft['issued'] = '2026-01-01T00:00:00Z'
      made.round('updated', ALL)
      made.round('unchanged', ALL, { now: '2036-01-01T00:00:00Z', stale: 'timestamp' })
      made.round('unchanged', ALL, { now: '2016-01-01T00:00:00Z', stale: 'timestamp' })
      publisher.role('timestamp').draft['issued'] = '2026-03-01T00:00:00Z'
      publisher.role('timestamp').draft['expires'] = '2026-03-31T00:00:00Z'
      publisher.update()
      made.round('updated', [1, 2, 2, 2], { now: '2016-01-01T00:00:00Z' })
    },
  ),
  story(
    {
      name: 'a clock that is behind does not bring back what had expired when it was signed for',
      row: 'A16',
      step: '13.5',
      differs: 'expiry',
    },
    (made, publisher) => {
      publisher.role('timestamp').draft['issued'] = '2026-07-02T00:00:00Z'
      publisher.role('timestamp').draft['expires'] = '2026-08-01T00:00:00Z'
      publisher.role('targets').draft['expires'] = '2026-09-01T00:00:00Z'
      publisher.update()
      const stale = { now: '2016-01-01T00:00:00Z', stale: 'snapshot' }
      made.round('updated', [1, 2, 2, 2], stale)
    },
  ),
  story(
    {
      name: 'a new reader takes the newest copy there is, as expired as it is',
      row: 'A13',
      step: '13.5',
      differs: 'expiry',
    },
    (made) => made.round('updated', ALL, { now: '2026-03-01T00:00:00Z', stale: 'timestamp' }),
  ),
  story(
    { name: 'a version with two contents', row: 'C4', step: '13.3', differs: 'one-content' },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher
        .add('targets', 'feed.json', new Uint8Array(3))
        .publish('targets', { keepVersion: true })
      publisher.update('snapshot')
      made.round('version-reused', ALL)
    },
  ),
]
