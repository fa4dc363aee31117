import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldText } from './folding.ts'
import { queryWords, searchableWords, wordsOf } from './words.ts'

const FOLDED: readonly (readonly [string, string])[] = [
  ['Łódź', 'lodz'],
  ['Ærø', 'aero'],
  ['Straße', 'strasse'],
  ['STRASSE', 'strasse'],
  ['Cœur', 'coeur'],
  ['Đorđe', 'dorde'],
  ['Noël', 'noel'],
  ['İstanbul ışık', 'istanbul isik'],
  ['Þór', 'thor'],
  ['Ёлка', 'елка'],
  ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
  ['Ὀδυσσεύς', 'οδυσσευσ'],
  ['مُحَمَّد', 'محمد'],
  ['إلى', 'الي'],
  ['שָׁלוֹם', 'שלומ'],
  ['ﬁlm Ⅳ', 'film iv'],
  ['ガラス', 'ガラス'],
  ['ｶﾞﾗｽ', 'ガラス'],
  ['한국', '한국'],
]

for (const [text, folded] of FOLDED)
  test(`${text} is searched for as ${folded}`, () => {
    assert.equal(foldText(text), folded)
  })

test('folding twice changes nothing', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 })
  fc.assert(
    fc.property(text, (any) => {
      const once = foldText(any)
      assert.equal(foldText(once), once)
    }),
    { numRuns: 2000 },
  )
})

test('a text folds alike however its accents are encoded', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 })
  fc.assert(
    fc.property(text, (any) => {
      assert.equal(foldText(any.normalize('NFD')), foldText(any.normalize('NFC')))
    }),
  )
})

test('scripts without spaces are found by any two characters next to each other', () => {
  assert.deepEqual(wordsOf('東京物語'), ['東京', '京物', '物語', '語'])
  assert.deepEqual(
    queryWords('京物').map(({ text }) => text),
    ['京物'],
  )
  assert.deepEqual(queryWords('物'), [{ text: '物', isPrefix: true, isSpelt: false }])
  assert.deepEqual(wordsOf('2001年宇宙の旅')[0], '2001')
})

test('a word with an apostrophe or a dash is found with it, in parts, and written as one', () => {
  assert.deepEqual([...searchableWords("Spider-Man's")], ['spider', 'man', 's', 'spidermans'])
})

test('every title has a word, whatever it is made of, and no word is endless', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(text, (any) => {
      const words = wordsOf(any)
      assert.ok(words.length > 0)
      assert.ok([...searchableWords(any)].every((word) => word.length <= 64))
      assert.ok(queryWords(any).length <= 10)
    }),
  )
})

test('the last word of a text may go on, unless something closes it', () => {
  assert.deepEqual(
    queryWords('the kid').map(({ isPrefix }) => isPrefix),
    [false, true],
  )
  assert.equal(queryWords('the kid!').at(-1)?.isPrefix, false)
})
