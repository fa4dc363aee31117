import { Captions as CaptionsIcon, CaptionsOff, Check } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Captions } from '#api'
import { useText } from '../i18n/text.tsx'
import type { PlayerCore } from './player-core.ts'
import type { PlayerState } from './player-state.ts'

/** Off, or a language. Open it stays until something is chosen, Escape, or the focus leaves. */
export function CaptionsMenu({
  core,
  state,
  captions,
}: {
  readonly core: PlayerCore
  readonly state: PlayerState
  readonly captions: readonly Captions[]
}): ReactNode {
  const { say } = useText()
  const [isOpen, setIsOpen] = useState(false)
  const frame = useRef<HTMLDivElement | null>(null)
  const opener = useRef<HTMLButtonElement | null>(null)
  useEffect(() => {
    core.hold(isOpen)
    if (isOpen) frame.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus()
  }, [core, isOpen])
  if (captions.length === 0) return null
  const close = (): void => {
    setIsOpen(false)
    opener.current?.focus()
  }
  const items = [{ language: null, label: say('player.captions-off') }, ...captions]
  return (
    <div
      ref={frame}
      className="captions-menu-frame"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false)
      }}
      onKeyDown={(event) => {
        if (!isOpen) return
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
        if (event.key === 'Escape') close()
        else if (step !== undefined) moveFocus(event.currentTarget, step)
        else return
        // These keys are the menu's while it's open, not the player's.
        event.preventDefault()
        event.nativeEvent.stopImmediatePropagation()
      }}
    >
      <button
        ref={opener}
        type="button"
        className="icon-button"
        aria-label={say('player.captions')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {state.captions === null ? (
          <CaptionsOff aria-hidden="true" />
        ) : (
          <CaptionsIcon aria-hidden="true" />
        )}
      </button>
      {isOpen ? (
        <div className="captions-menu" role="menu" aria-label={say('player.captions')}>
          {items.map(({ language, label }) => (
            <button
              key={language ?? 'off'}
              type="button"
              role="menuitemradio"
              aria-checked={state.captions === language}
              lang={language ?? undefined}
              tabIndex={-1}
              onClick={() => {
                core.act({ kind: 'captions-to', language })
                close()
              }}
            >
              <span className="captions-check" aria-hidden="true">
                {state.captions === language ? <Check size={18} /> : null}
              </span>
              {label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

function moveFocus(frame: HTMLElement, step: number): void {
  const items = [...frame.querySelectorAll<HTMLElement>('[role="menuitemradio"]')]
  const at = items.findIndex((item) => item === document.activeElement)
  items[(at + step + items.length) % items.length]?.focus()
}
