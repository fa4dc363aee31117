import { RefreshCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { paths, type Link, type Links } from '#api'
import { useLinkAct } from '../../api/link-queries.ts'
import { useShelfRefresh } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { AddressField } from './address-field.tsx'
import { linkProblem, profileText, syncedText } from './link-words.ts'

/** One computer whose shelf is kept the same as one here. */
export function LinkedComputer({
  link,
  profiles,
  onDone,
}: {
  readonly link: Link
  readonly profiles: Links['profiles']
  readonly onDone: (words: string) => void
}): ReactNode {
  const text = useText()
  const { say } = text
  const [asks, setAsks] = useState<'unlink' | 'address' | null>(null)
  const [address, setAddress] = useState('')
  const act = useLinkAct()
  const refresh = useShelfRefresh()
  const { id, name, problem, aheadMinutes } = link
  const profile =
    profiles.length < 2 ? undefined : profiles.find((each) => each.id === link.profile)
  const close = (): void => setAsks(null)
  const sync = (typed: string | null): void => {
    close()
    act.mutate(
      { path: paths.linkSync(id), body: { address: typed } },
      {
        onSuccess: (answer) => {
          void refresh('now')
          onDone(
            answer.problem === null
              ? say('links.synced-now', { name })
              : linkProblem(answer.problem, text),
          )
        },
        onError: () => onDone(say('links.not-done')),
      },
    )
  }
  const unlink = (): void =>
    act.mutate(
      { path: paths.link(id), method: 'DELETE' },
      {
        onSuccess: () => onDone(say('links.unlinked', { name })),
        onError: () => onDone(say('links.not-done')),
        onSettled: close,
      },
    )
  return (
    <li className="linked">
      <div className="linked-words">
        <h3 dir="auto">{name}</h3>
        {profile === undefined ? null : (
          <p className="note">{say('links.of', { name: profileText(profile, text) })}</p>
        )}
        <p className="note">{syncedText(link, text)}</p>
        {problem === null ? null : <p className="problem">{linkProblem(problem, text)}</p>}
        {aheadMinutes === 0 ? null : (
          <p className="problem">
            {say(aheadMinutes > 0 ? 'links.ahead' : 'links.behind', {
              minutes: Math.abs(aheadMinutes),
            })}
          </p>
        )}
      </div>
      <div className="linked-acts">
        <Button
          size="small"
          icon={RefreshCw}
          aria-label={say('links.sync-named', { name })}
          isBusy={link.isBusy || (act.isPending && asks === null)}
          onClick={() => sync(null)}
        >
          {say('links.sync')}
        </Button>
        {problem === 'not-found' || problem === 'not-let-in' || problem === 'address' ? (
          <Button size="small" onClick={() => setAsks('address')}>
            {say('links.give-address')}
          </Button>
        ) : null}
        <Button
          size="small"
          variant="quiet"
          aria-label={say('links.unlink-named', { name })}
          onClick={() => setAsks('unlink')}
        >
          {say('links.unlink')}
        </Button>
      </div>
      {asks === 'unlink' ? (
        <Sheet
          heading={say('links.unlink-question', { name })}
          onClose={close}
          foot={
            <Button variant="primary" isBusy={act.isPending} onClick={unlink}>
              {say('links.unlink')}
            </Button>
          }
        >
          <p>{say('links.unlink-note', { name })}</p>
        </Sheet>
      ) : asks === 'address' ? (
        <Sheet heading={say('links.give-address')} onClose={close}>
          <form
            className="link-form"
            onSubmit={(event) => {
              event.preventDefault()
              sync(address.trim())
            }}
          >
            <AddressField
              label={say('links.its-address')}
              note={say('links.its-address-note', { name })}
              value={address}
              onChange={setAddress}
            />
            <Button type="submit" variant="primary">
              {say('links.sync')}
            </Button>
          </form>
        </Sheet>
      ) : null}
    </li>
  )
}
