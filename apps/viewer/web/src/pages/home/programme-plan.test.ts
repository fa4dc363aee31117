import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { ProgrammeRow, RowHeading } from '#api'
import { madeCard } from '../../../test/spoken-words.ts'
import { eveningOf, planProgramme } from './programme-plan.ts'
import { rowAddress } from './row-address.ts'

const LIST = { kind: 'list', listId: 'made-up~two', title: 'Two', note: null } as const

function row(heading: RowHeading, ids: string, total = ids.length): ProgrammeRow {
  return { heading, works: ids.split('').map((id) => madeCard(id)), total, browse: 'genres=silent' }
}

function plan(...rows: ProgrammeRow[]): string[] {
  return planProgramme({ rows }).map(
    ({ block }) => `${block.kind} ${block.row.works.map(({ id }) => id).join('')}`,
  )
}

test('a small catalogue shows each of its works once, however many headings they stand under', () => {
  assert.deepEqual(
    plan(
      row({ kind: 'new' }, 'abc'),
      row({ kind: 'silent' }, 'ab'),
      row({ kind: 'genre', genre: 'comedy' }, 'cd'),
      row({ kind: 'series' }, ''),
    ),
    ['wall abc', 'wall d'],
  )
})

test('nothing is said to be on only when no more works are coming', () => {
  const counts = { feature: 0, short: 0, series: 0 }
  assert.equal(eveningOf({ counts, isLoading: true }), 'loading')
  assert.equal(eveningOf({ counts, isLoading: false }), 'nothing')
  assert.equal(eveningOf({ counts: { ...counts, short: 1 }, isLoading: true }), 'on')
})

test('what somebody chose is shown again, and two films of a list are a double bill', () => {
  assert.deepEqual(plan(row({ kind: 'new' }, 'abcdef'), row(LIST, 'ab')), [
    'row abcdef',
    'double-bill ab',
  ])
})

test('a row leads to all of it only when there is more than it shows', () => {
  assert.equal(rowAddress(row({ kind: 'silent' }, 'abc')), null)
  assert.equal(rowAddress(row({ kind: 'silent' }, 'abc', 84)), '/browse?genres=silent')
  assert.equal(rowAddress(row(LIST, 'abc', 30)), '/list/made-up~two')
})
