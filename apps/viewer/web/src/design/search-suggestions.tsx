import type { ReactNode } from 'react'

/** Things of one kind that were found: films, people, lists. */
export interface SuggestionGroup {
  readonly heading: string
  readonly options: readonly {
    readonly id: string
    readonly title: string
    /** Of the title (BCP 47); null or absent = not known. */
    readonly titleLanguage?: string | null
    /** "1922, 94 min", "director". */
    readonly note?: string
  }[]
}

/** What a search field found, under it. Options are numbered through all groups. */
export function SearchSuggestions({
  id,
  groups,
  active,
  onChoose,
  nothing,
}: {
  readonly id: string
  readonly groups: readonly SuggestionGroup[]
  readonly active: number
  readonly onChoose: (id: string) => void
  readonly nothing?: ReactNode
}): ReactNode {
  const starts = groups.map((_, at) =>
    groups.slice(0, at).reduce((sum, { options }) => sum + options.length, 0),
  )
  if (nothing !== undefined)
    return (
      <div className="search-found" role="status">
        <div className="search-nothing">{nothing}</div>
      </div>
    )
  return (
    <div className="search-found" role="listbox" id={id}>
      {groups.map(({ heading, options }, at) =>
        options.length === 0 ? null : (
          <div role="group" aria-labelledby={`${id}-g${at}`} key={heading}>
            <div className="search-heading" id={`${id}-g${at}`}>
              {heading}
            </div>
            {options.map((option, index) => {
              const number = (starts[at] ?? 0) + index
              return (
                <div
                  key={option.id}
                  id={`${id}-${number}`}
                  role="option"
                  aria-selected={number === active}
                  className="search-option"
                  // The field keeps the focus; a click must come before it's lost.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => onChoose(option.id)}
                >
                  <strong dir="auto" lang={option.titleLanguage ?? undefined}>
                    {option.title}
                  </strong>{' '}
                  {option.note === undefined ? null : <span>{option.note}</span>}
                </div>
              )
            })}
          </div>
        ),
      )}
    </div>
  )
}
