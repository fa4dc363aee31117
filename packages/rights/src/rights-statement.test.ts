import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RIGHTS_STATEMENTS, rightsStatementOf, rightsStatementOfUrl } from './rights-statement.ts'

test('the twelve statements are found by identifier, with or without version, and by address', () => {
  assert.equal(RIGHTS_STATEMENTS.size, 12)
  for (const [id, statement] of RIGHTS_STATEMENTS) {
    assert.equal(statement.uri, `http://rightsstatements.org/vocab/${id}/1.0/`)
    assert.equal(rightsStatementOf(id), statement)
    assert.equal(rightsStatementOf(`${id}/1.0`), statement)
    assert.equal(rightsStatementOfUrl(statement.uri), statement)
    assert.equal(rightsStatementOfUrl(`${statement.url}?language=fr`), statement)
  }
  for (const text of ['nkc', 'NKC/2.0', '', 'toString']) assert.equal(rightsStatementOf(text), null)
  const fake = 'https://example.org/?http://rightsstatements.org/vocab/NoC-US/1.0/'
  assert.equal(rightsStatementOfUrl(fake), null)
})

test('only the one about the United States proves anything, and only there', () => {
  for (const [id, { conclusiveIn }] of RIGHTS_STATEMENTS) {
    assert.deepEqual(conclusiveIn, id === 'NoC-US' ? ['US'] : [])
  }
})
