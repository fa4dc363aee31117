import { useId, type ReactNode } from 'react'
import { PROFILE_PICTURES, type ProfilePicture as PictureName } from '#api'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { ProfilePicture } from './profile-picture.tsx'

const NAMES: Readonly<Record<PictureName, TextKey>> = {
  reel: 'profiles.picture-reel',
  ticket: 'profiles.picture-ticket',
  moon: 'profiles.picture-moon',
  owl: 'profiles.picture-owl',
  cat: 'profiles.picture-cat',
  kite: 'profiles.picture-kite',
  boat: 'profiles.picture-boat',
  lantern: 'profiles.picture-lantern',
}

/** One of the drawn pictures. Arrow keys go along. */
export function PictureChoice({
  value,
  onChange,
}: {
  readonly value: PictureName
  readonly onChange: (picture: PictureName) => void
}): ReactNode {
  const { say } = useText()
  const name = useId()
  return (
    <fieldset className="picture-choice">
      <legend>{say('profiles.picture')}</legend>
      {PROFILE_PICTURES.map((picture) => (
        <label key={picture} className="picture-one">
          <input
            className="unseen-control"
            type="radio"
            name={name}
            value={picture}
            checked={picture === value}
            aria-label={say(NAMES[picture])}
            onChange={() => onChange(picture)}
          />
          <ProfilePicture name={picture} />
        </label>
      ))}
    </fieldset>
  )
}
