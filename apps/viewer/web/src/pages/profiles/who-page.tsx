import { useState, type ReactNode } from 'react'
import type { Profile } from '#api'
import { useProfileAct, useProfiles } from '../../api/profile-client.ts'
import { Button } from '../../design/button.tsx'
import { Wordmark } from '../../design/wordmark.tsx'
import { LANGUAGES } from '../../i18n/language.ts'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Page } from '../../routing/page.tsx'
import { rememberProfile } from '../../session/own-key.ts'
import { isPin, PinField } from './pin-field.tsx'
import { ProfilePicture } from './profile-picture.tsx'
import { profileName, profileProblem, waitText } from './profile-words.ts'
import './who-page.css'

/** Who's watching? What is chosen holds for this browser until somebody else is, or Matinee is started again. */
export function WhoPage({
  isGate = false,
}: {
  /** Nothing else is there yet. */ readonly isGate?: boolean
}): ReactNode {
  const { say } = useText()
  const profiles = useProfiles()
  const [asked, setAsked] = useState<string | null>(null)
  const { data } = profiles
  const wanted = data?.profiles.find(({ id }) => id === asked) ?? null
  return (
    <Page title={say('who.heading')} className="who">
      {isGate ? <Wordmark /> : null}
      <h1>{say('who.heading')}</h1>
      {data !== undefined ? (
        wanted === null ? (
          <Choice profiles={data.profiles} current={data.current} onPin={(id) => setAsked(id)} />
        ) : (
          <PinQuestion profile={wanted} onBack={() => setAsked(null)} />
        )
      ) : profiles.isError ? (
        <Fault error={profiles.error} onAgain={() => void profiles.refetch()} />
      ) : null}
    </Page>
  )
}

/** Begins anew as somebody else: nothing that was shown before stays on the page. */
function useEntry(): (profile: Profile) => void {
  const { chooseLanguage } = useText()
  return (profile) => {
    const language = LANGUAGES.find(({ code }) => code === profile.languages[0])
    if (language !== undefined) chooseLanguage(language.code)
    rememberProfile(profile.id)
    location.assign('/')
  }
}

function Choice({
  profiles,
  current,
  onPin,
}: {
  readonly profiles: readonly Profile[]
  readonly current: string | null
  readonly onPin: (id: string) => void
}): ReactNode {
  const text = useText()
  const enter = useEntry()
  const choose = useProfileAct((client, { id }: Profile) => client.choose({ id, pin: null }))
  return (
    <>
      <ul className="who-list">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <button
              type="button"
              className="who-one"
              aria-current={profile.id === current || undefined}
              onClick={() => {
                if (profile.hasPin && profile.id !== current) onPin(profile.id)
                else if (profile.id === current) enter(profile)
                else choose.mutate(profile, { onSuccess: () => enter(profile) })
              }}
            >
              <ProfilePicture name={profile.picture} />
              <strong>{profileName(profile, text)}</strong>
              <span className="who-kind">
                {[
                  profile.ageLimit === null
                    ? ''
                    : text.say('profiles.up-to', { years: profile.ageLimit }),
                  profile.hasPin ? text.say('who.with-pin') : '',
                ]
                  .filter((words) => words !== '')
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="note" role="status">
        {choose.isError ? profileProblem(choose.error, null, text) : text.say('who.note')}
      </p>
    </>
  )
}

function PinQuestion({
  profile,
  onBack,
}: {
  readonly profile: Profile
  readonly onBack: () => void
}): ReactNode {
  const text = useText()
  const { say } = text
  const enter = useEntry()
  const [pin, setPin] = useState('')
  const choose = useProfileAct((client, digits: string) =>
    client.choose({ id: profile.id, pin: digits }),
  )
  const problem =
    profile.waitSeconds > 0
      ? waitText(profile.waitSeconds, text)
      : choose.isError
        ? profileProblem(choose.error, profile, text)
        : undefined
  return (
    <form
      className="who-pin"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPin(pin) || choose.isPending) return
        choose.mutate(pin, {
          onSuccess: () => enter(profile),
          onError: () => setPin(''),
        })
      }}
    >
      <div className="who-pin-picture">
        <ProfilePicture name={profile.picture} />
      </div>
      <PinField
        label={say('who.pin', { name: profileName(profile, text) })}
        {...(problem === undefined ? {} : { problem })}
        note={say('who.forgotten')}
        value={pin}
        onChange={setPin}
        isFirst
      />
      <div className="who-acts">
        <Button variant="primary" type="submit" isBusy={choose.isPending}>
          {say('who.enter')}
        </Button>
        <Button variant="quiet" onClick={onBack}>
          {say('who.back')}
        </Button>
      </div>
    </form>
  )
}
