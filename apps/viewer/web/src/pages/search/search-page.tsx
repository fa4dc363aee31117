import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { BrowseQuery, Suggestions } from '#api'
import { EMPTY_QUERY } from '../../api/browse-search.ts'
import { useClient } from '../../api/client-context.tsx'
import { browseOptions, usePaused, useSuggestions } from '../../api/programme-queries.ts'
import { ButtonLink } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { SearchField } from '../../design/search-field.tsx'
import { useText } from '../../i18n/text.tsx'
import { useMedia } from '../../parts/media.ts'
import { WorkGrid } from '../../parts/work-grid.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import './search-page.css'

/** As in the field of the bar: a pause between two words, not between two letters. */
const PAUSE_MS = 200

/** Everything that a search finds: people, lists, and a wall of works. */
export function SearchPage(): ReactNode {
  const { say } = useText()
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch()).get('text')?.slice(0, 200) ?? ''
  const [typed, setTyped] = useState(asked)
  const [before, setBefore] = useState(asked)
  if (before !== asked) {
    setBefore(asked)
    if (asked !== typed.trim()) setTyped(asked)
  }
  const text = usePaused(typed.trim(), PAUSE_MS)
  useEffect(() => {
    // One place in the history for a whole search: going back leaves it.
    if (text !== asked && text === typed.trim())
      go(text === '' ? addresses.search : addresses.searchFor(text), { replace: true })
  }, [text, asked, typed, go])
  return (
    <Page title={asked === '' ? say('search.title') : asked} className="search-page" keepsFocus>
      <h1>{say('search.title')}</h1>
      <SearchField value={typed} onChange={setTyped} isFocused placeholder={say('search.hint')} />
      {text === '' ? (
        <EmptyState
          picture="screen"
          heading={say('search.hint')}
          note={say('search.hint-note')}
          act={<ButtonLink href={addresses.browse}>{say('search.browse-all')}</ButtonLink>}
        />
      ) : (
        <Found text={text} />
      )}
    </Page>
  )
}

function Found({ text }: { readonly text: string }): ReactNode {
  const { language } = useText()
  const client = useClient()
  const suggestions = useSuggestions(text)
  const page = useQuery({
    ...browseOptions(client, language, queryOf(text)),
    placeholderData: keepPreviousData,
  })
  const correction = page.data?.total === 0 ? page.data.correction : null
  const corrected = useQuery({
    ...browseOptions(client, language, queryOf(correction ?? '')),
    enabled: correction !== null,
  })
  const shownText = correction ?? text
  const shown = correction === null ? page.data : corrected.data
  if (shown === undefined) return null
  const { people, lists } = suggestions.data ?? { people: [], lists: [] }
  const found = shown.total + people.length + lists.length
  return (
    <>
      <Answer text={text} correction={correction} found={found} />
      <Others people={people} lists={lists} />
      {shown.total === 0 ? null : <FoundWorks text={shownText} total={shown.total} />}
    </>
  )
}

function Answer({
  text,
  correction,
  found,
}: {
  readonly text: string
  readonly correction: string | null
  /** Works, people and lists. */
  readonly found: number
}): ReactNode {
  const { say } = useText()
  if (found === 0)
    return (
      <EmptyState
        picture="screen"
        heading={say('search.nothing', { text })}
        note={say('search.nothing-note')}
        act={<ButtonLink href={addresses.browse}>{say('search.browse-all')}</ButtonLink>}
      />
    )
  return (
    <p className="search-answer" role="status">
      {correction === null
        ? say('search.found', { count: found })
        : say('search.shown-instead', { text, correction })}
    </p>
  )
}

/** People and lists that were found, a line each. */
function Others({ people, lists }: Pick<Suggestions, 'people' | 'lists'>): ReactNode {
  const { say } = useText()
  const groups = [
    {
      heading: say('search.people'),
      found: people.map(({ id, name, workCount }) => ({
        href: addresses.person(id),
        name,
        workCount,
      })),
    },
    {
      heading: say('search.lists'),
      found: lists.map(({ id, title, workCount }) => ({
        href: addresses.list(id),
        name: title,
        workCount,
      })),
    },
  ].filter(({ found }) => found.length > 0)
  if (groups.length === 0) return null
  return (
    <div className="search-others">
      {groups.map(({ heading, found }) => (
        <section key={heading} aria-label={heading}>
          <h2>{heading}</h2>
          <ul className="search-lines">
            {found.map(({ href, name, workCount }) => (
              <li key={href}>
                <Link href={href} className="search-line">
                  <strong>{name}</strong>{' '}
                  <span>{say('search.work-count', { count: workCount })}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function FoundWorks({ text, total }: { readonly text: string; readonly total: number }): ReactNode {
  const { say } = useText()
  const isDesktop = useMedia('(min-width: 960px)')
  const [query, setQuery] = useState(() => queryOf(text))
  if (query.text !== text) setQuery(queryOf(text))
  return (
    <section aria-labelledby="found-works">
      <div className="search-works-head">
        <h2 id="found-works">{say('search.works')}</h2>
        <Link href={`${addresses.browse}?${new URLSearchParams({ text })}`}>
          {say('search.narrow')}
        </Link>
      </div>
      <WorkGrid
        label={say('search.works')}
        query={query}
        total={total}
        posterWidthPx={isDesktop ? 172 : 104}
      />
    </section>
  )
}

function queryOf(text: string): BrowseQuery {
  return { ...EMPTY_QUERY, text }
}
