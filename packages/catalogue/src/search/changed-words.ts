import { ListFilter } from './changed-lists.ts'
import type { NumberLists } from './number-lists.ts'
import type { Segment } from './segment.ts'
import { Vocabulary } from './vocabulary.ts'

/** Words with the numbers that are new at them. */
export type WordNumbers = Map<string, number[]>

/** What changes in what words lead to. */
export interface WordsChange {
  /** 1 at the works, and at the people, that no word leads to any more, unless it's said below. */
  readonly isWorkGone: Uint8Array
  readonly isPersonGone: Uint8Array
  readonly titles: WordNumbers
  readonly people: WordNumbers
}

/** The words of a segment afterwards: one that leads nowhere is none any more. */
export interface ChangedWords {
  readonly vocabulary: Vocabulary
  readonly wordTitles: NumberLists
  readonly wordPeople: NumberLists
  /** Places before → places now; {@link NO_WORD} = the word is gone. */
  readonly places: Uint32Array
}

/** Stands for the place of a word that is gone. No work that stays has such a one. */
export const NO_WORD = 0xffff_fffe

/** Goes through all words once, those that are new among those that were there. */
export function changedWords(segment: Segment, change: WordsChange): ChangedWords {
  const before = segment.vocabulary.words
  const added = [...new Set([...change.titles.keys(), ...change.people.keys()])]
    .filter((word) => segment.vocabulary.placeOf(word) === -1)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const most = before.length + added.length
  const titles = new ListFilter(segment.wordTitles, change.isWorkGone, countOf(change.titles))
  const people = new ListFilter(segment.wordPeople, change.isPersonGone, countOf(change.people))
  const titleOffsets = new Uint32Array(most + 1)
  const peopleOffsets = new Uint32Array(most + 1)
  const words: string[] = []
  const places = new Uint32Array(before.length).fill(NO_WORD)
  const write = (word: string, old: number): void => {
    const from = [titles.length, people.length] as const
    titles.write(old, change.titles.get(word))
    people.write(old, change.people.get(word))
    if (titles.length === from[0] && people.length === from[1]) return
    if (old >= 0) places[old] = words.length
    words.push(word)
    titleOffsets[words.length] = titles.length
    peopleOffsets[words.length] = people.length
  }
  let next = 0
  for (let place = 0; place < before.length; place++) {
    const word = before[place] ?? ''
    for (let first = added[next]; first !== undefined && first < word; first = added[++next])
      write(first, -1)
    write(word, place)
  }
  for (const word of added.slice(next)) write(word, -1)
  return {
    vocabulary: new Vocabulary(words),
    wordTitles: titles.lists(titleOffsets.slice(0, words.length + 1)),
    wordPeople: people.lists(peopleOffsets.slice(0, words.length + 1)),
    places,
  }
}

function countOf(numbers: WordNumbers): number {
  return [...numbers.values()].reduce((sum, { length }) => sum + length, 0)
}
