import type { ListPage, WorkCard } from '#api'
import type { CuratedList } from '@matinee/catalogue'
import { bestLanguage } from '../language-choice.ts'
import { listWords } from '../list-words.ts'
import type { Viewer } from '../viewer.ts'
import { ShownList } from './shown-list.ts'

/**
 * The page of a list: of one that is followed by itself, who chose it, what they say, and what of it isn't here.
 *
 * @param works cards of its works on offer
 */
export function listPage(
  id: string,
  list: CuratedList,
  works: WorkCard[],
  viewer: Viewer,
): ListPage {
  if (!(list instanceof ShownList)) return { id, ...listWords(list, viewer), works, chosen: null }
  const { curator, words, notes, named, missing, notOffered } = list.chosen
  const noteOf = (work: WorkCard): [string, string][] => {
    const said = notes.get(work.id) ?? {}
    const tags = Object.keys(said)
    const note = said[bestLanguage(tags, viewer.languages) ?? tags[0] ?? '']
    return note === undefined ? [] : [[work.id, note]]
  }
  return {
    id,
    ...listWords({ translations: words }, viewer),
    works,
    chosen: {
      by: curator,
      notes: Object.fromEntries(works.flatMap(noteOf)),
      named,
      missing,
      notOffered,
    },
  }
}
