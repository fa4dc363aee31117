import { useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useSuggestions } from '../api/programme-queries.ts'
import { SearchField } from '../design/search-field.tsx'
import { useText } from '../i18n/text.tsx'
import { addresses } from '../routing/addresses.ts'
import { searchTarget, suggestionGroups } from './search-target.ts'

/** The field in the bar: finds while one types; Enter shows all that was found. */
export function SearchBox(): ReactNode {
  const words = useText()
  const [, go] = useLocation()
  const [typed, setTyped] = useState('')
  const { data, isPlaceholderData } = useSuggestions(typed)
  const found = data ?? { works: [], people: [], lists: [], correction: null }
  const groups = suggestionGroups(found, words)
  const isSettled = data !== undefined && !isPlaceholderData
  return (
    <SearchField
      value={typed}
      onChange={setTyped}
      hasShortcut
      onSubmit={(text) => {
        const asked = text.trim()
        if (asked === '') return
        setTyped('')
        go(addresses.searchFor(asked))
      }}
      // Nothing is said to be missing before the server has answered.
      {...(groups.length > 0 || isSettled ? { groups } : {})}
      onChoose={(id) => {
        const target = searchTarget(id)
        if (target === null) return
        if (target.kind === 'correct') {
          setTyped(target.text)
          return
        }
        setTyped('')
        go(target.href)
      }}
      nothing={
        <>
          <strong>{words.say('search.nothing', { text: typed.trim() })}</strong>{' '}
          {words.say('search.nothing-note')}
        </>
      }
    />
  )
}
