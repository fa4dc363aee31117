import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { MOST_PROFILES, type Profile } from '#api'
import { useProfiles } from '../../api/profile-client.ts'
import { useSettings } from '../../api/shelf-queries.ts'
import { Button, ButtonLink } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Toast } from '../../design/toast.tsx'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { GrownUpsOnly } from '../../parts/grown-ups-only.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { PinSheet } from './pin-sheet.tsx'
import { ProfilePicture } from './profile-picture.tsx'
import { ProfileSheet } from './profile-sheet.tsx'
import { profileName } from './profile-words.ts'
import { RemovalSheet } from './removal-sheet.tsx'
import './profiles-page.css'

/** What is open over the page. */
type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'change' | 'pin' | 'remove'; readonly profile: Profile }

/** Whose profiles there are, and what each may see. */
export function ProfilesPage(): ReactNode {
  const { say } = useText()
  const settings = useSettings()
  const profiles = useProfiles()
  const [open, setOpen] = useState<Open | null>(null)
  const [toast, setToast] = useState<string | null>(null)
  const close = (words: string | null): void => {
    setOpen(null)
    setToast(words)
  }
  const { data } = profiles
  const isOwn = (profile: Profile): boolean => profile.id === data?.current
  return (
    <Page title={say('profiles.heading')} className="profiles">
      <PageHead
        within={{ href: addresses.settings, words: say('settings.heading') }}
        heading={say('profiles.heading')}
        lead={say('profiles.lead')}
      />
      {settings.data?.profile.isChild === true ? (
        <GrownUpsOnly />
      ) : data !== undefined ? (
        <>
          <OpenDoors profiles={data.profiles} />
          <ul className="profiles-list">
            {data.profiles.map((profile) => (
              <Entry key={profile.id} profile={profile} isOwn={isOwn(profile)} onOpen={setOpen} />
            ))}
          </ul>
          <div className="profiles-acts">
            <Button
              icon={Plus}
              onClick={() => setOpen({ kind: 'add' })}
              {...(data.profiles.length < MOST_PROFILES ? {} : { refusal: say('profiles.full') })}
            >
              {say('profiles.add')}
            </Button>
            {data.profiles.length === 1 ? null : (
              <ButtonLink href={addresses.who}>{say('who.switch')}</ButtonLink>
            )}
          </div>
        </>
      ) : profiles.isError ? (
        <Fault error={profiles.error} onAgain={() => void profiles.refetch()} />
      ) : null}
      {open === null ? null : open.kind === 'add' ? (
        <ProfileSheet profile={null} isOwn={false} onClose={close} />
      ) : open.kind === 'change' ? (
        <ProfileSheet profile={open.profile} isOwn={isOwn(open.profile)} onClose={close} />
      ) : open.kind === 'pin' ? (
        <PinSheet profile={open.profile} onClose={close} />
      ) : (
        <RemovalSheet profile={open.profile} onClose={close} />
      )}
      <Toast words={toast} onGone={() => setToast(null)} />
    </Page>
  )
}

/** Says it when a child could go where it shouldn't. */
function OpenDoors({ profiles }: { readonly profiles: readonly Profile[] }): ReactNode {
  const text = useText()
  const open = profiles.filter(({ ageLimit, hasPin }) => ageLimit === null && !hasPin)
  if (open.length === 0 || open.length === profiles.length) return null
  if (!profiles.some(({ ageLimit }) => ageLimit !== null)) return null
  return (
    <Notice kind="warning" heading={text.say('profiles.open-doors')}>
      {text.say('profiles.open-doors-note', {
        names: open.map((profile) => profileName(profile, text)).join(', '),
      })}
    </Notice>
  )
}

function Entry({
  profile,
  isOwn,
  onOpen,
}: {
  readonly profile: Profile
  readonly isOwn: boolean
  readonly onOpen: (open: Open) => void
}): ReactNode {
  const text = useText()
  const { say } = text
  const name = profileName(profile, text)
  const { ageLimit, withUnrated, hasPin, isFirst } = profile
  const kind =
    ageLimit === null
      ? say('profiles.grown-up')
      : say(withUnrated ? 'profiles.up-to-with' : 'profiles.up-to', { years: ageLimit })
  const facts = [
    kind,
    say(hasPin ? 'profiles.has-pin' : 'profiles.no-pin'),
    ...(isOwn ? [say('profiles.you')] : []),
  ]
  const button = (kind: 'change' | 'pin' | 'remove', words: string): ReactNode => (
    <Button
      size="small"
      variant={kind === 'change' ? 'outline' : 'quiet'}
      aria-label={`${words}: ${name}`}
      onClick={() => onOpen({ kind, profile })}
    >
      {words}
    </Button>
  )
  return (
    <li className="profiles-entry">
      <ProfilePicture name={profile.picture} />
      <div className="profiles-words">
        <h2>{name}</h2>
        <p className="note">{facts.join(' · ')}</p>
        <div className="profiles-buttons">
          {button('change', say('profiles.change'))}
          {button('pin', say(hasPin ? 'profiles.change-pin' : 'profiles.set-pin'))}
          {isFirst || isOwn ? null : button('remove', say('profiles.remove'))}
        </div>
      </div>
    </li>
  )
}
