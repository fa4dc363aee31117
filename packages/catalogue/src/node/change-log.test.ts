import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { workId } from '../../test/signed/made-packs.ts'
import { ChangeLog, LOG_TABLES, changedSince, currentTag } from './change-log.ts'

test('C18: from a tag on, the works that changed are known; from a tag of another history, nothing is', () => {
  const [one, other] = [history(), history()]
  const first = step(one, 'a')
  assert.equal(step(other, 'a'), first)
  step(one, 'b')
  const last = step(one, 'c')
  // The same step after another one: it isn't the same feed.
  const elsewhere = step(other, 'c')
  assert.notEqual(elsewhere, last)
  assert.deepEqual(changedSince(one, first), ['b', 'c'])
  assert.deepEqual(changedSince(one, last), [])
  assert.equal(changedSince(one, elsewhere), null)
  assert.equal(changedSince(other, last), null)
})

test('C18: what is too long ago or too much is forgotten, and everything with it', () => {
  const database = history()
  const first = step(database, 'a')
  for (let at = 0; at < 63; at++) step(database, `b${at}`)
  assert.equal(changedSince(database, first)?.length, 63)
  step(database, 'c')
  assert.equal(changedSince(database, first), null)
  const before = currentTag(database)
  const log = new ChangeLog(database)
  log.note('all', 'roles are asked in another order')
  log.write()
  assert.equal(changedSince(database, before), null)
  assert.deepEqual(changedSince(database, currentTag(database)), [])
})

test('C18: nothing noted is no step', () => {
  const database = history()
  const tag = step(database, 'a')
  new ChangeLog(database).write()
  assert.equal(currentTag(database), tag)
})

function history(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(LOG_TABLES)
  return database
}

/** Notes that a work changed; the tag after that. */
function step(database: DatabaseSync, work: string): string {
  const log = new ChangeLog(database)
  log.note(workId(work), work)
  log.write()
  return currentTag(database)
}
