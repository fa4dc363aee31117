import { useEffect, useRef, useState, type ReactNode } from 'react'
import { paths, type Links } from '#api'
import { useLinkAct } from '../../api/link-queries.ts'
import { Button } from '../../design/button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { timeText } from '../../player/time-text.ts'
import { linkProblem } from './link-words.ts'
import { ProfileChoice } from './profile-choice.tsx'

/** Shows a code to another computer, until it came or the time is over. Closed, the code lets nobody in. */
export function CodeSheet({
  links,
  own,
  onClose,
}: {
  readonly links: Links
  /** Who watches. */
  readonly own: string
  readonly onClose: (done: string | null) => void
}): ReactNode {
  const text = useText()
  const { say } = text
  const act = useLinkAct()
  const [profile, setProfile] = useState(own)
  const [isShown, setShown] = useState(false)
  const known = useRef(new Set(links.links.map(({ id }) => id)))
  const { code } = links
  const show = (id: string): void => {
    setProfile(id)
    act.mutate(
      { path: paths.linkCode, body: { profile: id } },
      { onSuccess: ({ problem }) => setShown(problem === null) },
    )
  }
  const begin = useRef(() => show(own))
  useEffect(() => begin.current(), [])
  const came =
    isShown && code === null ? links.links.find(({ id }) => !known.current.has(id)) : null
  const hasCome = came !== null && came !== undefined
  useEffect(() => {
    if (hasCome) onClose(say('links.linked', { name: came.name }))
  }, [hasCome, came, onClose, say])
  const problem = act.isError ? 'broken' : act.data?.problem
  return (
    <Sheet
      heading={say('links.show')}
      onClose={() => {
        act.mutate({ path: paths.linkCode, method: 'DELETE' })
        onClose(null)
      }}
    >
      <div className="link-form">
        <ProfileChoice profiles={links.profiles} value={profile} onChange={show} />
        {code !== null && isShown ? (
          <>
            <p>{say('links.code-note')}</p>
            <p className="link-code" dir="ltr">
              {code.code}
            </p>
            <p className="note">{say('links.code-left', { time: timeText(code.lastsSeconds) })}</p>
            <QrCode text={code.code} label={say('links.code-picture')} />
            <p className="note">{say('links.code-photo')}</p>
            <p className="note">
              {say('links.code-address')} <AddressList addresses={links.addresses} />
            </p>
          </>
        ) : act.isPending ? null : (
          <>
            <p role="alert">
              {problem === null || problem === undefined
                ? say('links.code-over')
                : linkProblem(problem, text)}
            </p>
            <Button onClick={() => show(profile)}>{say('links.new-code')}</Button>
          </>
        )}
      </div>
    </Sheet>
  )
}

/** Where this computer is reached. */
export function AddressList({ addresses }: { readonly addresses: readonly string[] }): ReactNode {
  return (
    <bdi className="link-address" dir="ltr">
      {addresses.join(', ')}
    </bdi>
  )
}
