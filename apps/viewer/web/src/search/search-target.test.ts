import { test } from 'node:test'
import assert from 'node:assert/strict'
import { madeCard, spokenWords } from '../../test/spoken-words.ts'
import { searchTarget, suggestionGroups } from './search-target.ts'

const words = spokenWords('en')
const NONE = { works: [], people: [], lists: [], correction: null }

test('what is found stands in groups, and each of them leads to its page', () => {
  const groups = suggestionGroups(
    {
      works: [madeCard('made-up~paper lighthouse')],
      people: [{ id: 'p/1', name: 'Zofia Łąkotka', workCount: 1 }],
      lists: [],
      correction: null,
    },
    words,
  )
  assert.deepEqual(
    groups.map(({ heading, options }) => [heading, options.map(({ note }) => note)]),
    [
      ['Films and series', ['1926, 90 min']],
      ['People', ['1 work']],
    ],
  )
  assert.deepEqual(
    groups.flatMap(({ options }) => options.map(({ id }) => searchTarget(id))),
    [
      { kind: 'page', href: '/work/made-up~paper%20lighthouse' },
      { kind: 'page', href: '/people/p%2F1' },
    ],
  )
})

test('the nearest spelling is offered when nothing was found, and takes the place of the text', () => {
  const [group] = suggestionGroups({ ...NONE, correction: 'paper moon' }, words)
  assert.equal(group?.options[0]?.title, 'Did you mean paper moon?')
  assert.deepEqual(searchTarget(group?.options[0]?.id ?? ''), {
    kind: 'correct',
    text: 'paper moon',
  })
  assert.deepEqual(suggestionGroups(NONE, words), [])
  assert.equal(searchTarget('nonsense'), null)
})
