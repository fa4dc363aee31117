import { Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { SearchSuggestions, type SuggestionGroup } from './search-suggestions.tsx'
import './search-field.css'

/** Properties of {@link SearchField}. */
export interface SearchFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Enter, when no suggestion is chosen. */
  readonly onSubmit?: (value: string) => void
  /** What it searches. Default: films and people. */
  readonly label?: string
  readonly placeholder?: string
  /** Found so far, by kind; absent: the field alone, and the page shows what is found. */
  readonly groups?: readonly SuggestionGroup[]
  readonly onChoose?: (id: string) => void
  /** Shown under the field when there are groups but nothing in them: "Nothing for …", nearest spelling. */
  readonly nothing?: ReactNode
  /** `/` puts the cursor here. One field of a page has it. Default: false. */
  readonly hasShortcut?: boolean
  readonly isFocused?: boolean
}

/** A field to search in, with what is found under it while one types. */
export function SearchField({
  value,
  onChange,
  onSubmit,
  label,
  placeholder,
  groups,
  onChoose,
  nothing,
  hasShortcut = false,
  isFocused = false,
}: SearchFieldProps): ReactNode {
  const { say } = useText()
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const ids = (groups ?? []).flatMap(({ options }) => options.map(({ id }) => id))
  const isListShown = isOpen && value !== '' && groups !== undefined
  useSlash(hasShortcut, input)
  useEffect(() => setActive(-1), [value])
  useEffect(() => {
    if (isFocused) input.current?.focus()
  }, [isFocused])
  const choose = (id: string): void => {
    setOpen(false)
    onChoose?.(id)
  }
  const press = (event: KeyboardEvent): void => {
    const chosen = ids[active]
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (ids.length === 0) return
        setOpen(true)
        setActive(nextOption(active, event.key === 'ArrowDown' ? 1 : -1, ids.length))
        break
      case 'Enter':
        if (isListShown && chosen !== undefined) choose(chosen)
        else onSubmit?.(value)
        break
      case 'Escape':
        if (isListShown) setOpen(false)
        else if (value !== '') onChange('')
        else return
        break
      default:
        return
    }
    event.preventDefault()
  }
  return (
    <div
      className="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <Search size={20} strokeWidth={1.75} aria-hidden="true" className="search-glass" />
      <input
        ref={input}
        type="search"
        className="search-input"
        aria-label={label ?? say('design.search')}
        placeholder={placeholder ?? say('design.search-hint')}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        {...(groups === undefined
          ? {}
          : {
              role: 'combobox',
              'aria-autocomplete': 'list',
              'aria-expanded': isListShown && ids.length > 0,
              'aria-controls': listId,
              'aria-activedescendant':
                isListShown && active >= 0 ? `${listId}-${active}` : undefined,
            })}
        onChange={(event) => {
          onChange(event.target.value)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={press}
      />
      {value === '' ? (
        hasShortcut ? (
          <kbd className="search-key" aria-hidden="true">
            /
          </kbd>
        ) : null
      ) : (
        <button
          type="button"
          className="search-clear"
          aria-label={say('design.search-clear')}
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        >
          <X size={18} strokeWidth={2} aria-hidden="true" />
        </button>
      )}
      {isListShown ? (
        <SearchSuggestions
          id={listId}
          groups={groups}
          active={active}
          onChoose={choose}
          nothing={ids.length === 0 ? nothing : undefined}
        />
      ) : null}
    </div>
  )
}

/** The option before or after; beyond the ends, the other end. */
function nextOption(active: number, step: 1 | -1, count: number): number {
  return active < 0 ? (step === 1 ? 0 : count - 1) : (active + step + count) % count
}

/** Puts the cursor into the field on `/`, unless something is being typed already. */
function useSlash(isOn: boolean, field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    if (!isOn) return undefined
    const press = (event: globalThis.KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [contenteditable]') !== null
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isOn, field])
}
