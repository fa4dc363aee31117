import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { IconButton } from './icon-button.tsx'
import './sheet.css'

/** Properties of {@link Sheet}. */
export interface SheetProps {
  readonly heading: string
  readonly onClose: () => void
  /** Pinned below: "Show 188 films". */
  readonly foot?: ReactNode
  /** `side`: from the right edge on wide screens. On phones both come from below. Default: `middle`. */
  readonly place?: 'middle' | 'side'
  readonly children: ReactNode
}

/**
 * What comes over the page and must be left before going on. The browser's own dialog keeps the focus in
 * it and gives it back. Rendered: open; unmounted: closed.
 */
export function Sheet({
  heading,
  onClose,
  foot,
  place = 'middle',
  children,
}: SheetProps): ReactNode {
  const { say } = useText()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opened = dialog.current
    const before = document.activeElement
    if (opened?.open === false) opened.showModal()
    return () => {
      opened?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`sheet-panel ${place}`}
      aria-labelledby={id}
      // Escape asks the browser to close; whoever renders this decides.
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="sheet-box">
        <header className="sheet-head">
          <h2 id={id}>{heading}</h2>
          <IconButton icon={X} label={say('design.close')} onClick={onClose} />
        </header>
        <div className="sheet-body">{children}</div>
        {foot === undefined ? null : <footer className="sheet-foot">{foot}</footer>}
      </div>
    </dialog>
  )
}
