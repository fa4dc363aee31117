import type { Suggestions } from '#api'
import type { SuggestionGroup } from '../design/search-suggestions.tsx'
import { addresses } from '../routing/addresses.ts'
import { captionText, type Words } from '../words/card-words.ts'

const CORRECTION = 'correction'

/** What a choice of a suggestion does. */
export type SearchTarget =
  | { readonly kind: 'page'; readonly href: string }
  /** The nearest spelling takes the place of what was typed. */
  | { readonly kind: 'correct'; readonly text: string }

/** What was found, in groups that a search field shows. Empty groups are left out. */
export function suggestionGroups(
  { works, people, lists, correction }: Suggestions,
  words: Words,
): readonly SuggestionGroup[] {
  const { say } = words
  const groups: SuggestionGroup[] = [
    {
      heading: say('search.works'),
      options: works.map((work) => ({
        id: `work ${work.id}`,
        title: work.title,
        titleLanguage: work.titleLanguage,
        note: captionText(work, words),
      })),
    },
    {
      heading: say('search.people'),
      options: people.map(({ id, name, workCount }) => ({
        id: `person ${id}`,
        title: name,
        note: say('search.work-count', { count: workCount }),
      })),
    },
    {
      heading: say('search.lists'),
      options: lists.map(({ id, title, workCount }) => ({
        id: `list ${id}`,
        title,
        note: say('search.work-count', { count: workCount }),
      })),
    },
  ].filter(({ options }) => options.length > 0)
  if (groups.length > 0 || correction === null) return groups
  return [
    {
      heading: say('search.title'),
      options: [
        {
          id: `${CORRECTION} ${correction}`,
          title: say('search.did-you-mean', { text: correction }),
        },
      ],
    },
  ]
}

/** Where a suggestion's id of {@link suggestionGroups} leads. */
export function searchTarget(optionId: string): SearchTarget | null {
  const space = optionId.indexOf(' ')
  const [kind, rest] = [optionId.slice(0, space), optionId.slice(space + 1)]
  switch (kind) {
    case 'work':
      return { kind: 'page', href: addresses.work(rest) }
    case 'person':
      return { kind: 'page', href: addresses.person(rest) }
    case 'list':
      return { kind: 'page', href: addresses.list(rest) }
    case CORRECTION:
      return { kind: 'correct', text: rest }
    default:
      return null
  }
}
