import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Follower } from '../../test/signed/follower.ts'
import type { RefreshCase } from '../../test/signed/refresh-case.ts'
import { readRefreshFixture } from '../../test/signed/refresh-fixture.ts'
import { TufOracle } from '../../test/signed/tuf-oracle.ts'

for (const each of readRefreshFixture())
  test(`tuf-js ${each.differs === undefined ? 'agrees' : `differs (${each.differs})`}: ${each.name}`, () => {
    const difference = firstDifference(each)
    if (each.differs === undefined) assert.equal(difference, null)
    else assert.notEqual(difference, null, 'there is no difference to explain')
  })

/** Where a reader and tuf-js first say something else; `null` = nowhere. */
function firstDifference({ root, rounds }: RefreshCase): string | null {
  const follower = new Follower(root)
  const oracle = new TufOracle(root)
  for (const [index, round] of rounds.entries()) {
    const ours = follower.ask(round)?.value
    const theirs = oracle.ask(round.now, round.files)
    if (ours === undefined && theirs.error !== null) continue
    const isGood = ours !== undefined && ours.kind !== 'refused'
    const [versions, others] = [follower.versions, theirs.versions]
    if (isGood !== (theirs.error === null))
      return `round ${index + 1}: ${isGood ? 'taken' : 'refused'}, tuf-js: ${theirs.error?.message ?? 'taken'}`
    // What comes behind a root that is right is kept role by role there, and all or nothing here.
    const compared = isGood ? versions : versions.slice(0, 1)
    assert.deepEqual(others.slice(0, compared.length), compared, `round ${index + 1}`)
    const isStale = ours?.kind !== 'refused' && ours?.freshness.kind === 'stale'
    if (isStale) return `round ${index + 1}: expired, tuf-js: taken`
  }
  return null
}
