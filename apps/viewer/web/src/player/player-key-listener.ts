import { useEffect, useRef } from 'react'
import { focusOf } from './key-focus.ts'
import type { PlayerCore } from './player-core.ts'
import { actForKey, isMiniKey } from './player-keys.ts'
import type { PlayerAct } from './player-state.ts'

/** Makes the page's keys work the player; in its corner only those that a page has no use for. */
export function usePlayerKeys(
  core: PlayerCore,
  act: (act: PlayerAct) => void,
  isMini: boolean,
): void {
  const acting = useRef(act)
  useEffect(() => {
    acting.current = act
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const isModified = event.ctrlKey || event.altKey || event.metaKey
      const press = { key: event.key, isModified, focus: focusOf(event.target) }
      if (isMini && !isMiniKey(press)) return
      const asked = actForKey(press)
      if (asked === null || (asked.kind === 'close-panel' && core.state.panel === null)) return
      event.preventDefault()
      acting.current(asked)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [core, isMini])
}
