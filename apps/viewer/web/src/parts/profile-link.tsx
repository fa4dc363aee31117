import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { SettingsPage } from '#api'
import { useText } from '../i18n/text.tsx'
import { addresses } from '../routing/addresses.ts'
import { later } from './later.tsx'

const ProfilePicture = later(
  async () => (await import('../pages/profiles/profile-picture.tsx')).ProfilePicture,
)

/** Who watches, in the bar: a picture that leads to the others. */
export function ProfileLink({
  profile: { name, picture },
}: {
  readonly profile: SettingsPage['profile']
}): ReactNode {
  const { say } = useText()
  const called = name === '' ? say('profiles.unnamed') : name
  return (
    <Link
      href={addresses.who}
      className="top-bar-icon top-bar-profile"
      aria-label={say('who.now', { name: called })}
    >
      <ProfilePicture name={picture} />
    </Link>
  )
}
