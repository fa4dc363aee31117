/** Longer than other files: a table of cases, each read by itself. */
import { utf8Bytes } from '@matinee/base'
import type { MadePublisher } from './made-publisher.ts'
import { type CaseTitle, type RefreshCase, story } from './refresh-case.ts'

const ALL = [1, 1, 1, 1] as const
/** Keys of curators begin here. */
const FIRST_KEY = 40

/** Who names whom, with which patterns (left out: all), and whether terminating. */
type Naming = readonly [
  by: string,
  curator: string,
  patterns?: readonly string[],
  terminating?: boolean,
]

/** Graphs of delegations: who answers for `missingpath` is nobody, and they are read in this order. */
const GRAPHS: Readonly<Record<string, readonly Naming[]>> = {
  'basic-delegation': [['targets', 'a']],
  'single-level-delegations': [
    ['targets', 'a'],
    ['targets', 'b'],
  ],
  'two-level-delegations': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['b', 'c'],
  ],
  'two-level-test-DFS-order-of-traversal': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['a', 'c'],
    ['a', 'd'],
  ],
  'three-level-delegation-test-DFS-order-of-traversal': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['a', 'c'],
    ['c', 'd'],
  ],
  'two-level-terminating-ignores-all-but-roles-descendants': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['a', 'c', ['*'], true],
    ['a', 'd'],
  ],
  'three-level-terminating-ignores-all-but-roles-descendants': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['a', 'c', ['*'], true],
    ['c', 'd'],
  ],
  'two-level-ignores-all-branches-not-matching-paths': [
    ['targets', 'a', ['*.py']],
    ['targets', 'b'],
    ['a', 'c'],
  ],
  'three-level-ignores-all-branches-not-matching-paths': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['a', 'c', ['*.py']],
    ['c', 'd'],
  ],
  'cyclic-graph': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['b', 'c'],
    ['c', 'd'],
    ['d', 'b'],
  ],
  'two-roles-delegating-to-a-third': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['b', 'c'],
    ['a', 'c'],
  ],
  'two-roles-delegating-to-a-third-different-paths': [
    ['targets', 'a'],
    ['targets', 'b'],
    ['b', 'c'],
    ['a', 'c', ['*.py']],
  ],
}

/** Curators: whom they may speak for, and in which order. */
export const CURATOR_CASES: readonly RefreshCase[] = [
  ...Object.entries(GRAPHS).map(([name, graph]) => {
    const title: CaseTitle = {
      name: `delegations: ${name}`,
      conformance: `test_graph_traversal[${name}]`,
      row: 'C13',
      step: '11.4',
    }
    const curators = graph.filter(([by]) => by === 'targets').map(([, curator]) => curator)
    const isFlat = graph.length === curators.length
    return story(isFlat ? title : { ...title, differs: 'one-level' }, (made, publisher) => {
      build(publisher, graph)
      if (isFlat) made.round('updated', [1, 2, 2, 2], { curators, finds: { missingpath: null } })
      else made.round('unsupported', [1, 0, 0, 0])
    })
  }),
  ...Object.entries({
    targetfile: 'targets',
    'readme.md': 'a',
    'releases/x/x-v1': 'b',
    'releases/y/y-v1.zip': 'b',
    'releases/z': null,
  }).map(([path, role]) =>
    story(
      {
        name: `${path} is found where it is signed for`,
        conformance: `test_targetfile_search[${path}]`,
        row: 'C13',
        step: '11.6',
      },
      (made, publisher) => {
        for (const [name, patterns] of [
          ['a', ['*.doc', '*.md']],
          ['b', ['releases/*/*']],
        ] as const)
          publisher.delegate(name, FIRST_KEY + publisher.delegations.length, patterns)
        publisher.add('targets', 'targetfile', utf8Bytes('by the publisher'))
        publisher
          .add('a', 'readme.md', utf8Bytes('by a'))
          .add('b', 'releases/x/x-v1', utf8Bytes('x'))
        publisher
          .add('b', 'releases/y/y-v1.zip', utf8Bytes('y'))
          .add('b', 'releases/z', utf8Bytes('z'))
        publisher.update('targets', 'a', 'b')
        made.round('updated', [1, 2, 2, 2], { finds: { [path]: role } })
      },
    ),
  ),
  story(
    {
      name: 'what a curator signs for outside of their name space is not found',
      row: 'C13',
      step: '11.6',
    },
    (made, publisher) => {
      publisher.delegate('kino', 40, ['works/kino-*', 'packs/kino/*'])
      publisher
        .add('kino', 'works/kino-one', utf8Bytes('1'))
        .add('kino', 'works/other-one', utf8Bytes('2'))
      publisher.add('kino', 'packs/targets/shard-0.gz', utf8Bytes('3')).update('targets', 'kino')
      const finds = {
        'works/kino-one': 'kino',
        'works/other-one': null,
        'packs/targets/shard-0.gz': null,
      }
      made.round('updated', [1, 2, 2, 2], { curators: ['kino'], finds })
    },
  ),
  story(
    { name: 'nobody behind a terminating curator is asked', row: 'C13', step: '11.6' },
    (made, publisher) => {
      publisher.delegate('a', 40, ['works/a-*'], true).delegate('b', 41, ['works/*'])
      publisher.add('b', 'works/a-one', utf8Bytes('1')).add('b', 'works/b-one', utf8Bytes('2'))
      publisher.update('targets', 'a', 'b')
      made.round('updated', [1, 2, 2, 2], { finds: { 'works/a-one': null, 'works/b-one': 'b' } })
    },
  ),
  story(
    {
      name: 'a curator who is given another key must sign anew',
      conformance: 'test_role_cached_with_current_delegator',
      row: 'C13',
      step: '13.4',
    },
    (made, publisher) => {
      publisher.delegate('kino', 40, ['works/kino-*']).update('targets', 'kino')
      made.round('updated', [1, 2, 2, 2], { curators: ['kino'] })
      publisher.role('kino').keys = [41]
      publisher.update()
      made.round('signatures', [1, 2, 2, 2], { curators: ['kino'] })
      publisher.role('kino').signers = [41]
      publisher.update('kino')
      made.round('updated', [1, 4, 4, 3], { curators: ['kino'] })
    },
  ),
  story(
    { name: "a curator who signs with the publisher's leave taken away", row: 'C13', step: '13.4' },
    (made, publisher) => {
      publisher.delegate('kino', 40, ['works/kino-*']).update('targets', 'kino')
      made.round('updated', [1, 2, 2, 2], { curators: ['kino'] })
      publisher.delegations.pop()
      publisher.update()
      made.round('updated', [1, 3, 3, 3], { curators: [] })
    },
  ),
  story(
    {
      name: 'a curator who has not signed anything yet',
      conformance: 'test_delegation_not_in_snapshot',
      step: '13.4',
    },
    (made, publisher) => {
      publisher.delegate('kino', 40, ['works/kino-*']).update()
      made.round('updated', [1, 2, 2, 2], { curators: [], finds: { 'works/kino-one': null } })
    },
  ),
  ...['?', '#', '/delegatedrole', '../delegatedrole', 'root', 'A', 'a%2eb', 'x'.repeat(4096)].map(
    (name) =>
      story(
        {
          name: `a curator called ${name.slice(0, 20)}`,
          ...(/^\W/u.test(name) ? { conformance: `test_unusual_role_name[${name}]` } : {}),
          row: 'C10',
          step: '11.4',
          ...(name === 'root' ? {} : { differs: 'names' as const }),
        },
        (made, publisher) => {
          publisher.publish('targets', {
            edit: (signed) =>
              void (signed['delegations'] = {
                keys: {},
                roles: [{ name, keyids: [], threshold: 1, terminating: false, paths: ['works/*'] }],
              }),
          })
          publisher.update('snapshot')
          made.round('id', [1, 0, 0, 0])
        },
      ),
  ),
  ...['../../x', '/x', 'a//b', 'a/./b', 'A', 'a%2fb', 'a\\b', 'x'.repeat(4096)].map((path) =>
    story(
      { name: `a file at ${path.slice(0, 20)}`, row: 'C10', step: '11.5', differs: 'names' },
      (made, publisher) => {
        publisher.targets('targets')[path] = { length: 1, hashes: { sha256: '0'.repeat(64) } }
        publisher.update()
        const isKey = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,255}$/u.test(path)
        made.round(isKey ? 'path' : 'key', [1, 0, 0, 0])
      },
    ),
  ),
  story(
    { name: 'more curators than there may be', differs: 'strict', row: 'C5', step: '10.3' },
    (made, publisher) => {
      for (let number = 0; number < 33; number++)
        publisher.delegate(`c${number}`, FIRST_KEY + number, ['works/*'])
      publisher.update()
      made.round('too-many-items', [1, 0, 0, 0])
    },
  ),
  story(
    {
      name: 'a curator whose word had expired before it was seen',
      conformance: 'test_delegated_targets_expired',
      step: '13.5',
      differs: 'expiry',
    },
    (made, publisher) => {
      publisher.delegate('kino', 40, ['works/kino-*']).add('kino', 'works/kino-one', utf8Bytes('1'))
      publisher.role('kino').draft['expires'] = '2025-12-31T00:00:00Z'
      publisher.update('targets', 'kino')
      made.round('updated', [1, 2, 2, 2], {
        curators: ['kino'],
        finds: { 'works/kino-one': 'kino' },
      })
    },
  ),
  story(
    {
      name: 'a curator whose word expires, and is renewed',
      conformance: 'test_expired_local_delegated_targets_updates',
      step: '13.5',
      differs: 'expiry',
    },
    (made, publisher) => {
      publisher.delegate('kino', 40, ['works/kino-*']).add('kino', 'works/kino-one', utf8Bytes('1'))
      publisher.role('kino').draft['expires'] = '2026-01-08T00:00:00Z'
      publisher.update('targets', 'kino')
      made.round('updated', [1, 2, 2, 2], { curators: ['kino'] })
      const day18 = { now: '2026-01-19T12:00:00Z', finds: { 'works/kino-one': 'kino' } }
      made.round('unchanged', [1, 2, 2, 2], day18)
      publisher.role('kino').draft['expires'] = '2026-01-22T00:00:00Z'
      publisher.update('kino')
      made.round('updated', [1, 3, 3, 2], day18)
    },
  ),
  story(
    {
      name: 'files that are what was signed for',
      conformance: 'test_client_downloads_expected_file',
      step: '11.5',
    },
    (made, publisher) => {
      publisher
        .add('targets', 'target-file.txt', utf8Bytes('contents'))
        .add('targets', 'path/to/a/file.txt', utf8Bytes('2'))
      publisher.update()
      made.round('updated', [1, 2, 2, 2], {
        finds: { 'target-file.txt': 'targets', 'path/to/a/file.txt': 'targets' },
      })
    },
  ),
  story(
    {
      name: 'a file that was put in the place of another',
      conformance: 'test_repository_substitutes_target_file',
      row: 'C1',
      step: '11.5',
    },
    (made, publisher) => {
      publisher.add('targets', 'one.txt', utf8Bytes('contents')).update()
      made.round('updated', [1, 2, 2, 2], { finds: { 'one.txt': 'targets' } })
      for (const path of publisher.files.keys())
        if (path.endsWith('one.txt')) publisher.files.set(path, utf8Bytes('contentz'))
      made.round('unchanged', [1, 2, 2, 2], { finds: { 'one.txt': 'file-hash' } })
    },
  ),
  story(
    {
      name: 'a file that changes again and again',
      conformance: 'test_multiple_changes_to_target',
      step: '11.5',
    },
    (made, publisher) => {
      for (let number = 0; number < 11; number++) {
        publisher.add('targets', 'one.txt', utf8Bytes(`contents ${number}`)).update()
        if (number % 5 === 0)
          made.round('updated', [1, number + 2, number + 2, number + 2], {
            finds: { 'one.txt': 'targets' },
          })
      }
    },
  ),
  ...['sha256', 'sha512', 'both', 'unknown'].map((algorithms) => {
    const title: CaseTitle = {
      name: `a file with hashes: ${algorithms}`,
      conformance:
        algorithms === 'unknown'
          ? 'test_download_with_unknown_hash_algorithm'
          : `test_download_with_hash_algorithms[${algorithms}]`,
      step: '10.6',
    }
    const isFine = ['sha256', 'both'].includes(algorithms)
    return story(isFine ? title : { ...title, differs: 'sha256' }, (made, publisher) => {
      publisher.add('targets', 'one.txt', utf8Bytes('contents'))
      const target = publisher.targets('targets')['one.txt'] ?? {}
      const sha512 = 'ab'.repeat(64)
      if (algorithms === 'both') Object.assign(target['hashes'] as object, { 'x-other': sha512 })
      else if (!isFine) target['hashes'] = { [algorithms]: sha512 }
      publisher.update()
      if (isFine) made.round('updated', [1, 2, 2, 2], { finds: { 'one.txt': 'targets' } })
      else made.round('missing-field', [1, 0, 0, 0])
    })
  }),
  story(
    {
      name: 'a source that fails leaves a reader who can go on',
      differs: 'whole',
      row: 'C12',
      step: '13.6',
    },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.update()
      const good = new Map(publisher.files)
      for (const path of [
        'metadata/2.targets.json',
        'metadata/2.snapshot.json',
        'metadata/timestamp.json',
      ]) {
        publisher.files.set(path, utf8Bytes('<html>not found</html>'))
        made.round(path.includes('timestamp') ? 'not-json' : 'file-hash', ALL)
        for (const [name, bytes] of good) publisher.files.set(name, bytes)
      }
      made.round('updated', [1, 2, 2, 2])
    },
  ),
]

function build(publisher: MadePublisher, graph: readonly Naming[]): void {
  const names = new Set(graph.map(([, curator]) => curator))
  const top = graph.filter(([by]) => by === 'targets')
  for (const [, name, patterns = ['*'], terminating = false] of top)
    publisher.delegate(name, FIRST_KEY + publisher.delegations.length, patterns, terminating)
  const below = [...names].filter((name) => !top.some(([, each]) => each === name))
  publisher.publish('targets')
  for (const name of names) {
    if (below.includes(name)) continue
    const roles = graph
      .filter(([by]) => by === name)
      .map(([, curator, paths = ['*'], terminating = false]) => ({
        name: curator,
        keyids: [],
        threshold: 1,
        terminating,
        paths,
      }))
    publisher.publish(name, {
      edit: (signed) => {
        if (roles.length > 0) signed['delegations'] = { keys: {}, roles }
      },
    })
  }
  publisher.update('snapshot')
}
