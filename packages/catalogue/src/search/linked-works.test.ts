import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeededRandom } from '@matinee/testkit'
import { textSha256 } from '../node/system.ts'
import { identityNumber } from './identity-number.ts'
import { identityPlaces } from './identity-places.ts'
import { findIdentities } from './identity-search.ts'
import { type IdentifiedWorks, linkedWorks } from './linked-works.ts'
import { ListBuilder } from './number-lists.ts'

/** Identities, in a table of so many places. */
const [COUNT, SIZE] = [4096, 16384]

/** A feed whose works carry one identity each. */
function feedOf(
  identities: readonly { readonly high: number; readonly low: number }[],
): IdentifiedWorks {
  const lists = new ListBuilder()
  for (const [work, { high, low }] of identities.entries()) {
    lists.add(work, high)
    lists.add(work, low)
  }
  return {
    identities: lists.build(identities.length),
    byTitle: Uint32Array.from(identities.keys()),
    idHashes: Uint32Array.from(identities.keys()),
  }
}

test('C13: identities that were made to begin or to end alike lie all over the table, elsewhere in each process', () => {
  const made = [
    (number: number) => ({ high: number, low: 7 }),
    (number: number) => ({ high: 7, low: number * SIZE }),
    (number: number) => ({ high: number * 2 ** 20, low: 7 }),
  ]
  for (const numberOf of made) {
    const placed = [1, 2].map((seed) => {
      const places = identityPlaces(new SeededRandom(seed))
      return Array.from({ length: COUNT }, (_, number) => {
        const { high, low } = numberOf(number)
        return places(high >>> 0, low >>> 0) & (SIZE - 1)
      })
    })
    // Of places drawn by lot, 3625 would differ.
    for (const each of placed) assert.ok(new Set(each).size > 3000, `${new Set(each).size}`)
    assert.notDeepEqual(placed[0], placed[1])
  }
})

test('C13: works are linked by equal numbers, wherever a table begins to look for them, and that alone is asked where', () => {
  const numbers = Array.from({ length: 50 }, (_, number) => ({
    high: number % 5,
    low: 1 + (number >> 3),
  }))
  const segments = [feedOf(numbers.slice(0, 30)), feedOf(numbers.slice(20))]
  const named = ({ feeds, works }: ReturnType<typeof linkedWorks>): string[] =>
    Array.from(feeds, (feed, at) => `${feed}.${works[at]}`)
  const asked = new Set<string>()
  const crowded = linkedWorks(segments, (high, low) => {
    asked.add(`${high} ${low}`)
    return 3
  })
  assert.equal(asked.size, new Set(numbers.map(({ high, low }) => `${high} ${low}`)).size)
  const spread = linkedWorks(segments, identityPlaces(new SeededRandom(1)))
  assert.deepEqual(named(crowded), named(spread))
  assert.equal(crowded.identityCount, spread.identityCount)
  assert.equal(spread.identityCount, 9)
})

test('C13: a number is the beginning of a SHA-256, so that nobody makes a second identity with the number of one', () => {
  const number = identityNumber('imdb tt0000001', textSha256)
  const hex = textSha256('imdb tt0000001')
  assert.deepEqual(number, {
    high: Number(`0x${hex.slice(0, 8)}`),
    low: Number(`0x${hex.slice(8, 16)}`),
  })
  assert.equal(textSha256('abc').slice(0, 16), 'ba7816bf8f01cfea')
})

test('a work is found by each of the identities that it carries, given twice too, and by no other', () => {
  const texts = ['imdb tt1', 'root aa', 'imdb tt2', 'root bb']
  const { identities } = feedOf(texts.map((text) => identityNumber(text, textSha256)))
  const found = findIdentities(
    identities,
    ['root bb', 'imdb tt3', 'imdb tt1', 'root bb'],
    textSha256,
  )
  assert.deepEqual(found, [
    { identity: 2, work: 0 },
    { identity: 0, work: 3 },
    { identity: 3, work: 3 },
  ])
  assert.deepEqual(findIdentities(identities, [], textSha256), [])
})
