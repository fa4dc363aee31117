import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { KEY_LIST } from './player-keys.ts'

/** The keys that work the player. */
export function KeyPanel(): ReactNode {
  const { say } = useText()
  return (
    <dl className="key-list">
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
  )
}
