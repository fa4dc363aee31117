import { Keyboard, MonitorSmartphone } from 'lucide-react'
import { useCallback, useState, type ReactNode } from 'react'
import { useLinks } from '../../api/link-queries.ts'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { AddressList, CodeSheet } from './code-sheet.tsx'
import { JoinSheet } from './join-sheet.tsx'
import { LinkedComputer } from './linked-computer.tsx'
import './links.css'

/** Computers of one's own on which the shelf is the same. */
export function LinkedComputers({
  own,
  onDone,
}: {
  /** Who watches. */
  readonly own: string
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  const { data } = useLinks()
  const [opened, setOpened] = useState<'show' | 'join' | null>(null)
  const close = useCallback(
    (done: string | null): void => {
      setOpened(null)
      if (done !== null) onDone(done)
    },
    [onDone],
  )
  if (data === undefined) return null
  return (
    <section className="shelf-section shelf-file">
      <h2>{say('links.heading')}</h2>
      <p className="note">{say('links.note')}</p>
      {data.links.length === 0 ? null : (
        <ul className="linked-list">
          {data.links.map((link) => (
            <LinkedComputer key={link.id} link={link} profiles={data.profiles} onDone={onDone} />
          ))}
        </ul>
      )}
      <div className="history-acts">
        <Button icon={MonitorSmartphone} onClick={() => setOpened('show')}>
          {say('links.show')}
        </Button>
        <Button icon={Keyboard} onClick={() => setOpened('join')}>
          {say('links.enter')}
        </Button>
      </div>
      {data.links.length === 0 || data.addresses.length === 0 ? null : (
        <p className="note link-here">
          {say('links.here', { name: data.name })} <AddressList addresses={data.addresses} />
        </p>
      )}
      {opened === 'show' ? (
        <CodeSheet links={data} own={own} onClose={close} />
      ) : opened === 'join' ? (
        <JoinSheet links={data} own={own} onClose={close} />
      ) : null}
    </section>
  )
}
