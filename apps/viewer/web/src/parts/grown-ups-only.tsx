import type { ReactNode } from 'react'
import { ButtonLink } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useText } from '../i18n/text.tsx'
import { addresses } from '../routing/addresses.ts'

/** What stands where a children's profile doesn't get further. */
export function GrownUpsOnly(): ReactNode {
  const { say } = useText()
  return (
    <EmptyState
      picture="beam"
      heading={say('profiles.grown-ups-heading')}
      note={say('profiles.grown-ups')}
      act={<ButtonLink href={addresses.who}>{say('who.switch')}</ButtonLink>}
    />
  )
}
