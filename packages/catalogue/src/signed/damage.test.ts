import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { Targets } from '@tufjs/models'
import fc from 'fast-check'
import { type Refresh, refreshFeed } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { damage, publishDamaged } from '../../test/signed/damage.ts'
import { Follower, answer } from '../../test/signed/follower.ts'
import { MadePublisher } from '../../test/signed/made-publisher.ts'
import { NEW_YEAR } from '../../test/signed/refresh-case.ts'
import { type OracleAnswer, TufOracle } from '../../test/signed/tuf-oracle.ts'

/**
 * Thousands of damaged feeds, put to a reader and to tuf-js. They must agree, or the difference must stand here with its
 * reason: on the left what the reader says, on the right why tuf-js doesn't.
 */
const DIFFERENCES: Readonly<Record<string, string>> = {
  expired: 'shown, not refused (13.5)',
  date: 'a moment in one form, that exists; tuf-js takes what Date takes',
  id: 'names are ids (11.4)',
  path: 'paths and patterns in small letters (11.5)',
  'missing-field': 'length and SHA-256 of every file, and every field of a delegation (10.6)',
  'wrong-type': 'a field that tuf-js leaves alone is of another type',
  hash: 'a SHA-256 in small digits',
  unsupported: 'parts of TUF that feeds leave out (11.1, 11.4)',
  'trust-key': 'keys that tuf-js looks at only when it needs them',
  'version-reused': 'a version has one content (13.3)',
  rewritten:
    'what is signed is what came; tuf-js signs what it would have written, fields filled in',
}

const CRYPTO = systemFeedCrypto()
const RUNS = 2000

/** A feed with a curator, of which a reader and tuf-js know the second version. */
const BASE = new MadePublisher()
BASE.delegate('kino', 40, ['works/kino-*', 'packs/kino/*'])
BASE.add('targets', 'feed.json', new Uint8Array(9)).add('kino', 'works/kino-one', new Uint8Array(3))
BASE.publishAll()
const FOLLOWER = new Follower(BASE.files.get('metadata/1.root.json') ?? new Uint8Array())
const ORACLE = new TufOracle(BASE.files.get('metadata/1.root.json') ?? new Uint8Array())
const ROUND = { now: NEW_YEAR, files: BASE.files }

test('damaged feeds: a reader says what tuf-js says, or there is a reason', () => {
  assert.equal(FOLLOWER.ask(ROUND)?.value.kind, 'updated')
  assert.equal(ORACLE.ask(NEW_YEAR, BASE.files).error, null)
  const seen = new Map<string, number>()
  const faults = fc.array(damage, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(faults, (given) => {
      const publisher = BASE.copy()
      publishDamaged(publisher, given)
      assert.ok(FOLLOWER.files !== null)
      const check = refreshFeed(FOLLOWER.files, Date.parse(NEW_YEAR), CRYPTO)
      const ours = answer(check, publisher.files).value
      const theirs = ORACLE.copy().ask(NEW_YEAR, publisher.files)
      const difference = differenceOf(ours, theirs, publisher.files)
      seen.set(difference ?? 'none', (seen.get(difference ?? 'none') ?? 0) + 1)
      if (difference === null) return
      const said = ours.kind === 'refused' ? JSON.stringify(ours.refusal) : ours.kind
      assert.ok(
        Object.hasOwn(DIFFERENCES, difference),
        `${difference}: ${said}; tuf-js: ${theirs.error?.message ?? 'taken'}`,
      )
    }),
    { numRuns: RUNS, seed: 20_261_121 },
  )
  assert.ok((seen.get('none') ?? 0) > RUNS / 2, 'most of them are no difference')
})

/** The key of the list above; `null` = both take it, or both refuse. */
function differenceOf(
  ours: Refresh,
  { error, versions }: OracleAnswer,
  files: MadePublisher['files'],
): string | null {
  if (ours.kind === 'refused') {
    if (error !== null) return null
    const { code, file } = ours.refusal
    return code === 'signatures' && isRewritten(files.get(file)) ? 'rewritten' : code
  }
  if (error === null) {
    assert.equal(ours.freshness.kind, 'fresh')
    assert.equal(ours.feed.root.version, versions[0])
    assert.equal(ours.feed.timestamp.version, versions[1])
    return null
  }
  return error.constructor.name === 'ExpiredMetadataError' ? 'expired' : `taken (${error.message})`
}

type Written = Parameters<typeof Targets.fromJSON>[0]

/** Whether tuf-js would write a file of targets otherwise than it came. */
function isRewritten(bytes: Uint8Array = new Uint8Array()): boolean {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as { signed: Written }
  return !isDeepStrictEqual(Targets.fromJSON(file.signed).toJSON(), file.signed)
}
