import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openTrustedFiles } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { REFRESH_CASES } from '../../test/signed/all-cases.ts'
import { Follower } from '../../test/signed/follower.ts'
import type { RefreshCase, Round } from '../../test/signed/refresh-case.ts'
import {
  REFRESH_FIXTURE,
  readRefreshFixture,
  writeRefreshFixture,
} from '../../test/signed/refresh-fixture.ts'

for (const each of readRefreshFixture()) test(titleOf(each), () => follow(each))

test('the cases that are written down are the ones that the script writes', () => {
  assert.equal(writeRefreshFixture(REFRESH_CASES), readFileSync(REFRESH_FIXTURE, 'utf8'))
})

function titleOf({ row, step, conformance, name }: RefreshCase): string {
  const promise = row === undefined ? '' : `${row}: `
  const asked = conformance === undefined ? '' : ` (${conformance})`
  return `${promise}step ${step}, ${name}${asked}`
}

function follow({ root, rounds }: RefreshCase): void {
  const follower = new Follower(root)
  for (const [index, round] of rounds.entries()) {
    const before = follower.files
    const { now: _now, files: _files, ...expected } = round
    assert.deepEqual(follower.tell(round, expected), expected, `round ${index + 1}`)
    if (!['updated', 'unchanged'].includes(expected.answer)) {
      // feed-format 13.6: a refusal leaves everything but roots.
      const kept = follower.files === null ? null : { ...follower.files, root: null }
      assert.deepEqual(kept, before === null ? null : { ...before, root: null })
      continue
    }
    assertKept(follower, round)
  }
}

/** feed-format 13.6: what is kept is what came, and is as good after a restart. */
function assertKept({ files, feed }: Follower, round: Round): void {
  assert.ok(files !== null && feed !== null)
  if (round.answer === 'updated')
    assert.deepEqual(files.timestamp, round.files.get('metadata/timestamp.json'))
  assert.deepEqual(openTrustedFiles(files, systemFeedCrypto()), feed)
}
