import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editDistance } from './edit-distance.ts'
import { Vocabulary, editsOf } from './vocabulary.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é'), maxLength: 9 })

test('the distance of two words is that of the plain definition, up to the limit', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (typed, other, limit) => {
      const plain = Math.min(plainDistance(typed, other), limit + 1)
      assert.equal(editDistance(typed, other, limit, false), plain)
    }),
    { numRuns: 1000 },
  )
})

test('the distance of a beginning is that of the nearest beginning', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (typed, other, limit) => {
      const beginnings = Array.from({ length: other.length + 1 }, (_, end) => other.slice(0, end))
      const nearest = Math.min(...beginnings.map((each) => plainDistance(typed, each)))
      assert.equal(editDistance(typed, other, limit, true), Math.min(nearest, limit + 1))
    }),
    { numRuns: 1000 },
  )
})

test('near words are exactly those within the allowed edits', () => {
  const words = fc.uniqueArray(word, { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(words, word, fc.boolean(), (all, text, isPrefix) => {
      fc.pre(editsOf(text) > 0)
      const vocabulary = new Vocabulary(all.toSorted((a, b) => (a < b ? -1 : 1)))
      const near = vocabulary.near({ text, isPrefix, isSpelt: true })
      const expected = vocabulary.words.filter(
        (each) => editDistance(text, each, editsOf(text), isPrefix) <= editsOf(text),
      )
      assert.deepEqual(new Set(near.map(({ place }) => vocabulary.words[place])), new Set(expected))
    }),
  )
})

test('short words are never taken for misspelt ones', () => {
  assert.deepEqual(
    [3, 4, 7, 8].map((length) => editsOf('x'.repeat(length))),
    [0, 1, 1, 2],
  )
})

/** Optimal string alignment as it's defined. */
function plainDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_each, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const row = rows[i]
      if (row === undefined) continue
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change)
      if (isSwap) row[j] = Math.min(at(i, j), at(i - 2, j - 2) + 1)
    }
  return at(a.length, b.length)
}
