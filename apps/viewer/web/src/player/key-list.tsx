import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { KEY_LIST } from './player-keys.ts'

/** The keys that work the player. */
export function KeyList({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { say } = useText()
  const close = useRef<HTMLButtonElement | null>(null)
  useEffect(() => {
    const before = document.activeElement
    close.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div className="key-list" role="dialog" aria-label={say('player.keys')}>
      <div className="key-list-head">
        <h2>{say('player.keys')}</h2>
        <button
          ref={close}
          type="button"
          className="icon-button"
          aria-label={say('player.keys-close')}
          onClick={onClose}
        >
          <X aria-hidden="true" />
        </button>
      </div>
      <dl>
        {KEY_LIST.map(({ keys, text }) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(text)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
