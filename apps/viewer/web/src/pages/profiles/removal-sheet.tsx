import { useState, type ReactNode } from 'react'
import type { Profile } from '#api'
import { useProfileAct } from '../../api/profile-client.ts'
import { Button } from '../../design/button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { isPin, PinField } from './pin-field.tsx'
import { asksForPin, profileName, profileProblem } from './profile-words.ts'

/** Asks before a profile goes with its shelf. */
export function RemovalSheet({
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
  const wantsPin = asksForPin(profile)
  const remove = useProfileAct((client, given: string | null) => client.remove(profile.id, given))
  return (
    <Sheet
      heading={say('profiles.remove-heading', { name })}
      onClose={() => onClose(null)}
      foot={
        <Button
          variant="primary"
          isBusy={remove.isPending}
          {...(wantsPin && !isPin(pin) ? { refusal: say('profiles.needs-pin', { name }) } : {})}
          onClick={() =>
            remove.mutate(wantsPin ? pin : null, {
              onSuccess: () => onClose(say('profiles.removed', { name })),
            })
          }
        >
          {say('profiles.remove-now')}
        </Button>
      }
    >
      <div className="profile-form">
        <p>{say('profiles.remove-note')}</p>
        {wantsPin ? (
          <PinField label={say('profiles.their-pin', { name })} value={pin} onChange={setPin} />
        ) : null}
        <p className="field-note problem" role="alert">
          {remove.isError ? profileProblem(remove.error, profile, text) : ''}
        </p>
      </div>
    </Sheet>
  )
}
