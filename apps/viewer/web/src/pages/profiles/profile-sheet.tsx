import { useState, type ReactNode } from 'react'
import { AGE_LIMITS, PROFILE_PICTURES, type Profile, type ProfileDraft } from '#api'
import { draftOf, useProfileAct } from '../../api/profile-client.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { RadioGroup } from '../../design/radio-group.tsx'
import { Select } from '../../design/select.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { LANGUAGES } from '../../i18n/language.ts'
import { useText } from '../../i18n/text.tsx'
import { SubtitleChoice } from '../settings/language-choice.tsx'
import { isPin, PinField } from './pin-field.tsx'
import { PictureChoice } from './picture-choice.tsx'
import { asksForPin, profileName, profileProblem } from './profile-words.ts'

const FIRST_AGE = 6

/** A new profile, or one that is changed. `isOwn`: that of who is at it. */
export function ProfileSheet({
  profile,
  isOwn,
  onClose,
}: {
  readonly profile: Profile | null
  readonly isOwn: boolean
  readonly onClose: (done: string | null) => void
}): ReactNode {
  const text = useText()
  const { say, language } = text
  const [draft, setDraft] = useState<ProfileDraft>(() =>
    profile === null
      ? {
          name: '',
          picture: PROFILE_PICTURES[1],
          ageLimit: null,
          withUnrated: false,
          languages: [language],
          subtitles: [],
        }
      : draftOf(profile),
  )
  const [pin, setPin] = useState('')
  const wantsPin = profile !== null && asksForPin(profile) && !isOwn
  const save = useProfileAct((client, wanted: ProfileDraft) =>
    profile === null
      ? client.add(wanted)
      : client.change(profile.id, { draft: wanted, pin: wantsPin ? pin : null }),
  )
  const change = (patch: Partial<ProfileDraft>): void => setDraft((now) => ({ ...now, ...patch }))
  const isFirst = profile?.isFirst ?? false
  const refusal =
    draft.name.trim() === '' && !isFirst
      ? say('profiles.needs-name')
      : wantsPin && !isPin(pin)
        ? say('profiles.needs-pin', { name: profileName(profile, text) })
        : undefined
  return (
    <Sheet
      heading={
        profile === null
          ? say('profiles.add')
          : say('profiles.change-heading', { name: profileName(profile, text) })
      }
      onClose={() => onClose(null)}
      foot={
        <Button
          variant="primary"
          isBusy={save.isPending}
          {...(refusal === undefined ? {} : { refusal })}
          onClick={() => save.mutate(draft, { onSuccess: () => onClose(say('profiles.saved')) })}
        >
          {say('profiles.save')}
        </Button>
      }
    >
      <div className="profile-form">
        <Field
          label={say('profiles.name')}
          value={draft.name}
          maxLength={40}
          autoComplete="off"
          onChange={(name) => change({ name })}
        />
        <PictureChoice value={draft.picture} onChange={(picture) => change({ picture })} />
        {isFirst ? (
          <p className="note">{say('profiles.first-note')}</p>
        ) : (
          <RadioGroup
            label={say('profiles.kind')}
            options={[
              { id: 'grown-up', label: say('profiles.grown-up') },
              {
                id: 'child',
                label: say('profiles.child'),
                note: say('profiles.child-note'),
              },
            ]}
            value={draft.ageLimit === null ? 'grown-up' : 'child'}
            onChange={(id) => change({ ageLimit: id === 'child' ? FIRST_AGE : null })}
          />
        )}
        {draft.ageLimit === null ? null : (
          <>
            <Select
              label={say('profiles.age')}
              note={say('profiles.age-note')}
              options={AGE_LIMITS.map((years) => ({
                id: String(years),
                name: say('profiles.age-years', { years }),
              }))}
              value={String(draft.ageLimit)}
              onChange={(id) =>
                change({ ageLimit: AGE_LIMITS.find((each) => String(each) === id) ?? FIRST_AGE })
              }
            />
            <Toggle
              label={say('profiles.unrated')}
              note={say('profiles.unrated-note')}
              isOn={draft.withUnrated}
              onChange={(withUnrated) => change({ withUnrated })}
            />
          </>
        )}
        <Select
          label={say('settings.language')}
          options={LANGUAGES.map(({ code, name }) => ({ id: code, name }))}
          value={LANGUAGES.find(({ code }) => code === draft.languages[0])?.code ?? language}
          onChange={(id) =>
            change({
              languages: [id, ...draft.languages.filter((other) => other !== id)].slice(0, 20),
            })
          }
        />
        <SubtitleChoice subtitles={draft.subtitles} onChange={change} />
        {wantsPin ? (
          <PinField
            label={say('profiles.their-pin', { name: profileName(profile, text) })}
            note={say('profiles.their-pin-note')}
            value={pin}
            onChange={setPin}
          />
        ) : null}
        <p className="field-note problem" role="alert">
          {save.isError ? profileProblem(save.error, profile, text) : ''}
        </p>
      </div>
    </Sheet>
  )
}
