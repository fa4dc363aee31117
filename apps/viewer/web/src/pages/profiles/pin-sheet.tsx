import { useState, type ReactNode } from 'react'
import type { Profile } from '#api'
import { useProfileAct } from '../../api/profile-client.ts'
import { Button } from '../../design/button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { isPin, PinField } from './pin-field.tsx'
import { asksForPin, profileName, profileProblem } from './profile-words.ts'

/** A PIN that is set, changed or taken away. */
export function PinSheet({
  profile,
  onClose,
}: {
  readonly profile: Profile
  readonly onClose: (done: string | null) => void
}): ReactNode {
  const text = useText()
  const { say } = text
  const name = profileName(profile, text)
  const [pin, setPin] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const wantsPin = asksForPin(profile)
  const set = useProfileAct((client, wanted: string | null) =>
    client.setPin(profile.id, { pin: wantsPin ? pin : null, next: wanted }),
  )
  const missing = wantsPin && !isPin(pin) ? say('profiles.needs-pin', { name }) : undefined
  const refusal =
    missing ??
    (isPin(next)
      ? next === again
        ? undefined
        : say('profiles.pins-differ')
      : say('profiles.pin-digits'))
  const save = (wanted: string | null): void =>
    set.mutate(wanted, {
      onSuccess: () => onClose(say(wanted === null ? 'profiles.pin-gone' : 'profiles.pin-set')),
      onError: () => setPin(''),
    })
  return (
    <Sheet
      heading={say('profiles.pin-heading', { name })}
      onClose={() => onClose(null)}
      foot={
        <>
          <Button
            variant="primary"
            isBusy={set.isPending}
            {...(refusal === undefined ? {} : { refusal })}
            onClick={() => save(next)}
          >
            {say('profiles.save-pin')}
          </Button>
          {profile.hasPin ? (
            <Button
              variant="quiet"
              isBusy={set.isPending}
              {...(missing === undefined ? {} : { refusal: missing })}
              onClick={() => save(null)}
            >
              {say('profiles.drop-pin')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="profile-form">
        <p className="note">{say('profiles.pin-note')}</p>
        {wantsPin ? (
          <PinField label={say('profiles.old-pin')} value={pin} onChange={setPin} />
        ) : null}
        <PinField
          label={say('profiles.new-pin')}
          note={say('profiles.pin-digits')}
          value={next}
          onChange={setNext}
        />
        <PinField label={say('profiles.pin-again')} value={again} onChange={setAgain} />
        <p className="field-note problem" role="alert">
          {set.isError ? profileProblem(set.error, profile, text) : ''}
        </p>
      </div>
    </Sheet>
  )
}
