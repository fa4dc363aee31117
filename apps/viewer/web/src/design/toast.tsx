import { useEffect, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import './toast.css'

const SHOWN_MS = 6000

/** Properties of {@link Toast}. */
export interface ToastProps {
  /** One line; a new one shows anew. Null: none. */
  readonly words: string | null
  /** One thing to do about it: "Undo". */
  readonly act?: { readonly label: string; readonly onPress: () => void }
  readonly onGone: () => void
}

/** A line that says what was done, for six seconds; it waits while the pointer or the focus is on it. */
export function Toast({ words, act, onGone }: ToastProps): ReactNode {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (words === null || isHeld) return undefined
    const timer = setTimeout(onGone, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [words, isHeld, onGone])
  return (
    <div className="toast-place" role="status">
      {words === null ? null : (
        <div
          className="toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{words}</span>
          {act === undefined ? null : (
            <Button
              variant="quiet"
              size="small"
              onClick={() => {
                act.onPress()
                onGone()
              }}
            >
              {act.label}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
