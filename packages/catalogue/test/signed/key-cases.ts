/** Longer than other files: a table of cases, each read by itself. */
import { tufKey, tufCanonicalJson } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { madeKey } from './made-key.ts'
import { type Draft, MadePublisher, madeKeyId } from './made-publisher.ts'
import { type CaseTitle, type RefreshCase, story } from './refresh-case.ts'

const ALL = [1, 1, 1, 1] as const

/** A version of a role: who may sign, how many must, who does. Numbers are those of made keys. */
interface Signing {
  readonly keys: readonly number[]
  readonly threshold: number
  readonly signers: readonly number[]
}

const FIVE = [10, 11, 12, 13, 14]
const ONE_NEW = [10, 11, 13, 14, 15]
const ALL_NEW = [15, 16, 17, 18, 19]

const of = (threshold: number, keys: readonly number[], signers: readonly number[]): Signing => ({
  threshold,
  keys,
  signers,
})

/** Name → roots in a row, the first being the one that is trusted; the last is refused when `refused`. */
const ROOTS: Readonly<
  Record<string, { readonly roots: readonly Signing[]; readonly refused?: true }>
> = {
  '1-of-1-key-rotation': { roots: [of(1, [11], [11]), of(1, [12], [12, 11]), of(1, [12], [12])] },
  '1-of-1-key-rotation-unused-signatures': {
    roots: [of(1, [11], [13, 11, 14]), of(1, [12], [13, 12, 11, 14]), of(1, [12], [13, 12, 14])],
  },
  '3-of-5-sign-with-different-keycombos': {
    roots: [of(3, FIVE, [10, 12, 14]), of(3, FIVE, [10, 14, 11]), of(3, FIVE, [10, 11, 13])],
  },
  '3-of-5-one-key-rotated': { roots: [of(3, FIVE, [10, 12, 14]), of(3, ONE_NEW, [10, 14, 11])] },
  '3-of-5-one-key-rotated-with-intermediate-step': {
    roots: [
      of(3, FIVE, [10, 12, 14]),
      of(3, ONE_NEW, [10, 12, 14, 15]),
      of(3, ONE_NEW, [10, 14, 15]),
    ],
  },
  '3-of-5-all-keys-rotated-with-intermediate-step': {
    roots: [
      of(3, FIVE, [10, 12, 14]),
      of(3, ALL_NEW, [10, 12, 14, 15, 16, 17]),
      of(3, ALL_NEW, [15, 16, 17]),
    ],
  },
  '1-of-3-threshold-increase-to-2-of-3': {
    roots: [of(1, [11, 12, 13], [11]), of(2, [11, 12, 13], [11, 12])],
  },
  '2-of-3-threshold-decrease-to-1-of-3': {
    roots: [
      of(2, [11, 12, 13], [11, 12]),
      of(1, [11, 12, 13], [11, 12]),
      of(1, [11, 12, 13], [11]),
    ],
  },
  '1-of-2-threshold-increase-to-2-of-2': { roots: [of(1, [11], [11]), of(2, [11, 12], [11, 12])] },
  '1-of-1-key-rotation-fail-not-signed-with-old-key': {
    roots: [of(1, [11], [11]), of(1, [12], [12, 13, 14])],
    refused: true,
  },
  '1-of-1-key-rotation-fail-not-signed-with-new-key': {
    roots: [of(1, [11], [11]), of(1, [12], [11, 13, 14])],
    refused: true,
  },
  '3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys': {
    roots: [of(3, FIVE, [10, 12, 14]), of(3, ONE_NEW, [10, 12, 14])],
    refused: true,
  },
  '3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys': {
    roots: [of(3, FIVE, [10, 12, 14]), of(3, ONE_NEW, [10, 14, 15])],
    refused: true,
  },
  '1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached': {
    roots: [of(1, [11, 12, 13], [11]), of(2, [11, 12, 13], [12])],
    refused: true,
  },
  '2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached': {
    roots: [of(2, [11, 12, 13], [11, 12]), of(1, [11, 12, 13], [11])],
    refused: true,
  },
}

/** The same for a role that a root names, told once for each. */
const OTHERS: Readonly<Record<string, Signing & { readonly refused?: true }>> = {
  '1-of-1-key-rotation': of(1, [12], [12]),
  '1-of-1-key-rotation-unused-signatures': of(1, [11], [13, 11, 14]),
  '1-of-1-key-rotation-fail-not-signed-with-new-key': {
    ...of(1, [12], [11, 13, 14]),
    refused: true,
  },
  '3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys': {
    ...of(3, ONE_NEW, [10, 12, 14]),
    refused: true,
  },
  '2-of-5-one-key-signature-mising-threshold-not-reached': {
    ...of(3, ONE_NEW, [10, 14]),
    refused: true,
  },
  '3-of-5-sign-first-combo': of(3, FIVE, [10, 12, 14]),
  '3-of-5-sign-second-combo': of(3, FIVE, [10, 14, 11]),
  '3-of-5-sign-third-combo': of(3, FIVE, [10, 11, 13]),
  '3-of-5-sign-fourth-combo': of(3, FIVE, [11, 12, 13]),
  '3-of-5-sign-fifth-combo': of(3, FIVE, [12, 13, 14]),
}

/** Thresholds, keys and their changes. */
export const KEY_CASES: readonly RefreshCase[] = [
  ...Object.entries(ROOTS).map(([name, { roots, refused = false }]) =>
    story(
      {
        name: `roots: ${name}`,
        conformance: `test_root_rotation[${name}]`,
        row: 'C9',
        step: '13.2',
      },
      (made, publisher) => {
        const role = publisher.role('root')
        role.draft['version'] = 0
        for (const { keys, threshold, signers } of roots) {
          Object.assign(role, { keys: [...keys], threshold, signers: [...signers] })
          publisher.publish('root')
        }
        made.beginWith(publisher.files.get('metadata/1.root.json') ?? new Uint8Array())
        if (refused) made.round('signatures', [roots.length - 1, 0, 0, 0])
        else made.round('updated', [roots.length, 1, 1, 1])
      },
    ),
  ),
  ...Object.entries(OTHERS).map(([name, { keys, threshold, signers, refused = false }]) =>
    story(
      {
        name: `other roles: ${name}`,
        conformance: `test_non_root_rotations[${name}]`,
        row: 'C8',
        step: '10.5',
      },
      (made, publisher) => {
        ;(['timestamp', 'snapshot', 'targets'] as const).forEach((role, index) => {
          Object.assign(publisher.role(role), { keys: [...keys], threshold, signers: [...signers] })
          publisher.publishAll()
          const version = index + 2
          if (refused) made.round('signatures', [version, 0, 0, 0])
          else made.round('updated', [version, version, version, version])
        })
      },
    ),
  ),
  story(
    {
      name: 'a snapshot with two of three signatures',
      conformance: 'test_snapshot_does_not_meet_threshold',
      row: 'C8',
      step: '10.5',
    },
    (made, publisher) => {
      Object.assign(publisher.role('snapshot'), of(3, [2, 20, 21], [2, 20, 21]))
      publisher.publishAll()
      made.round('updated', [2, 2, 2, 2])
      publisher.role('snapshot').signers = [2, 20]
      publisher.update()
      made.round('signatures', [2, 2, 2, 2])
    },
  ),
  story(
    {
      name: 'a threshold that no set of keys can reach',
      conformance: 'test_snapshot_has_too_few_keys',
      row: 'C8',
      step: '10.5',
    },
    (made, publisher) => {
      Object.assign(publisher.role('snapshot'), of(6, [2, 20, 21, 22, 23], [2, 20, 21, 22, 23]))
      publisher.publish('root').update('snapshot')
      made.round('signatures', [2, 0, 0, 0])
    },
  ),
  story(
    {
      name: 'a key that a role names nine times',
      conformance: 'test_duplicate_keys',
      row: 'C8',
      step: '10.5',
    },
    (made, publisher) => {
      const again = Array.from({ length: 9 }, () => 20)
      Object.assign(publisher.role('snapshot'), of(6, [2, ...again], [2, 20]))
      publisher.publish('root').publish('snapshot', { tamper: signAgain }).publish('timestamp')
      made.round('duplicate', [1, 0, 0, 0])
    },
  ),
  story(
    {
      name: 'one signature twice',
      conformance: 'test_duplicate_sig_keyids',
      row: 'C8',
      step: '10.5',
    },
    (made, publisher) => {
      publisher.publish('snapshot', { tamper: signAgain }).publish('timestamp')
      made.round('duplicate', [1, 0, 0, 0])
    },
  ),
  story(
    { name: 'one key under two ids', row: 'C8', step: '10.5', differs: 'same-key' },
    (made, publisher) => {
      let id = ''
      publisher.role('timestamp').threshold = 2
      publisher
        .publish('root', {
          edit: (signed) => {
            const key = { ...tufKey(madeKey(1).publicKey), 'x-name': 'another' }
            id = nodeHash.sha256(tufCanonicalJson(key)).toHex()
            ;(signed['keys'] as Draft)[id] = key
            const role = (signed['roles'] as Record<string, Draft>)['timestamp'] ?? {}
            role['keyids'] = [madeKeyId(1), id]
          },
        })
        .publish('timestamp', {
          tamper: (file) => {
            const signatures = file['signatures'] as Draft[]
            signatures.push({ ...signatures[0], keyid: id })
          },
        })
      made.round('signatures', [2, 0, 0, 0])
    },
  ),
  story(
    {
      name: 'a key under an id that is not its hash',
      row: 'C8',
      step: '10.5',
      differs: 'same-key',
    },
    (made, publisher) => {
      publisher.publish('root', {
        edit: (signed) =>
          void ((signed['keys'] as Draft)['f'.repeat(64)] = tufKey(madeKey(1).publicKey)),
      })
      made.round('trust-key', [1, 0, 0, 0])
    },
  ),
  ...[0, -1].map((threshold) =>
    story({ name: `a threshold of ${threshold}`, row: 'C8', step: '10.5' }, (made, publisher) => {
      publisher.role('timestamp').threshold = threshold
      publisher.publish('root')
      made.round('threshold', [1, 0, 0, 0])
    }),
  ),
  ...(['rsa', 'ecdsa', 'ed25519'] as const).map((keytype) => {
    const title: CaseTitle = {
      name: `a root key of the type ${keytype}`,
      conformance: `test_keytype_and_scheme[${keytype}]`,
      step: '10.5',
    }
    if (keytype !== 'ed25519')
      return story({ ...title, differs: 'ed25519' }, (made, publisher) => {
        publisher.publish('root', {
          edit: (signed) => {
            const scheme = keytype === 'rsa' ? 'rsassa-pss-sha256' : 'ecdsa-sha2-nistp256'
            const key = { keytype, scheme, keyval: { public: 'not of interest' } }
            ;(signed['keys'] as Draft)[nodeHash.sha256(tufCanonicalJson(key)).toHex()] = key
          },
        })
        made.round('trust-key', [1, 0, 0, 0])
      })
    return story(title, (made, publisher) => {
      Object.assign(publisher.role('root'), of(2, [0, 20], [0, 20]))
      publisher.publish('root')
      made.round('updated', [2, 1, 1, 1])
      publisher.publish('root', {
        tamper: (file) => {
          const signatures = file['signatures'] as Draft[]
          signatures[1] = { ...signatures[1], sig: 'b6'.repeat(64) }
        },
      })
      made.round('signatures', [2, 1, 1, 1])
    })
  }),
  ...['0b'.repeat(64), '', 'no signature at all'].map((sig, index) =>
    story(
      {
        name: `a wrong signature beside enough right ones (${index + 1})`,
        conformance: 'test_invalid_sig_in_valid_metadata',
        row: 'C8',
        step: '10.5',
      },
      (made, publisher) => {
        Object.assign(publisher.role('timestamp'), of(1, [1, 20], [1, 20]))
        publisher.publish('root').publish('timestamp', {
          tamper: (file) => {
            const signatures = file['signatures'] as Draft[]
            signatures[0] = { ...signatures[0], sig }
          },
        })
        made.round('updated', [2, 2, 1, 1])
      },
    ),
  ),
  story(
    {
      name: 'one of three root keys and the key of the timestamp are lost',
      row: 'A26',
      step: '13.2',
    },
    (made, publisher) => {
      Object.assign(publisher.role('root'), of(2, [0, 20, 21], [0, 20, 21]))
      publisher.publish('root')
      made.round('updated', [2, 1, 1, 1])
      Object.assign(publisher.role('root'), of(2, [0, 20, 22], [0, 20]))
      publisher.rotate('timestamp', 23).publish('root').update()
      made.round('updated', [3, 2, 2, 2])
    },
  ),
  story(
    { name: 'works signed with the key of the timestamp', row: 'C7', step: '10.5' },
    (made, publisher) => {
      made.round('updated', ALL)
      publisher.role('targets').signers = [1]
      publisher.role('snapshot').signers = [1]
      publisher.update()
      made.round('signatures', ALL)
    },
  ),
  story({ name: 'a root that skips a version', row: 'C9', step: '13.2' }, (made, publisher) => {
    publisher.publish('root').publish('root')
    const third = publisher.files.get('metadata/3.root.json') ?? new Uint8Array()
    publisher.files.set('metadata/2.root.json', third)
    made.round('other-version', [1, 0, 0, 0])
    publisher.files.delete('metadata/2.root.json')
    made.round('updated', ALL)
  }),
  story({ name: 'the roots of another feed', row: 'C15', step: '13.2' }, (made, publisher) => {
    made.round('updated', ALL)
    const other = new MadePublisher()
    for (const role of Object.values(other.roles)) {
      role.keys = role.keys.map((key) => key + 30)
      role.signers = [...role.keys]
    }
    other.publishAll().publishAll()
    publisher.files.clear()
    for (const [path, bytes] of other.files) publisher.files.set(path, bytes)
    made.round('signatures', ALL)
  }),
]

function signAgain(file: Draft): void {
  const signatures = file['signatures'] as Draft[]
  file['signatures'] = [...signatures, ...signatures]
}
