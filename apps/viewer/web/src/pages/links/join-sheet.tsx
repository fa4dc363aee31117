import { useState, type ReactNode } from 'react'
import { paths, type LinkProblem, type Links } from '#api'
import { useLinkAct } from '../../api/link-queries.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { AddressField } from './address-field.tsx'
import { linkProblem } from './link-words.ts'
import { ProfileChoice } from './profile-choice.tsx'

/** Takes the code that another computer shows. */
export function JoinSheet({
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
  const [code, setCode] = useState('')
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<LinkProblem | 'not-done' | null>(null)
  const words =
    problem === null
      ? null
      : problem === 'not-done'
        ? say('links.not-done')
        : linkProblem(problem, text)
  const isOfCode = problem === 'code' || problem === 'own-code'
  const join = (): void => {
    setProblem(null)
    const typed = address.trim() === '' ? null : address.trim()
    act.mutate(
      { path: paths.links, body: { code, profile, address: typed } },
      {
        onSuccess: (answer) => {
          if (answer.problem !== null) return setProblem(answer.problem)
          onClose(say('links.linked', { name: answer.links.links.at(-1)?.name ?? '' }))
        },
        onError: () => setProblem('not-done'),
      },
    )
  }
  return (
    <Sheet heading={say('links.enter')} onClose={() => onClose(null)}>
      <form
        className="link-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!act.isPending) join()
        }}
      >
        <ProfileChoice profiles={links.profiles} value={profile} onChange={setProfile} />
        <Field
          label={say('links.code')}
          note={say('links.code-where')}
          {...(isOfCode && words !== null ? { problem: words } : {})}
          value={code}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
          onChange={setCode}
        />
        <AddressField
          label={say('links.address')}
          note={say('links.address-note')}
          {...(problem === 'address' && words !== null ? { problem: words } : {})}
          value={address}
          onChange={setAddress}
        />
        <p className="field-note problem" role="alert">
          {isOfCode || problem === 'address' ? '' : words}
        </p>
        <Button type="submit" variant="primary" isBusy={act.isPending}>
          {say('links.link')}
        </Button>
      </form>
    </Sheet>
  )
}
