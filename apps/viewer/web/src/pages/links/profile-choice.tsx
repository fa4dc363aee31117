import type { ReactNode } from 'react'
import type { Links } from '#api'
import { Select } from '../../design/select.tsx'
import { useText } from '../../i18n/text.tsx'
import { profileText } from './link-words.ts'

/** Whose shelf is linked. Nothing where there is nothing to choose. */
export function ProfileChoice({
  profiles,
  value,
  onChange,
}: {
  readonly profiles: Links['profiles']
  readonly value: string
  readonly onChange: (id: string) => void
}): ReactNode {
  const text = useText()
  if (profiles.length < 2) return null
  return (
    <Select
      label={text.say('links.whose')}
      options={profiles.map((each) => ({ id: each.id, name: profileText(each, text) }))}
      value={value}
      onChange={onChange}
    />
  )
}
