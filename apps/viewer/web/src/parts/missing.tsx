import type { ReactNode } from 'react'
import { ButtonLink } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useText } from '../i18n/text.tsx'
import { addresses } from '../routing/addresses.ts'

/** An address of nothing. */
export function Missing({ heading }: { readonly heading?: string }): ReactNode {
  const { say } = useText()
  return (
    <EmptyState
      picture="beam"
      heading={heading ?? say('missing.heading')}
      note={say('missing.note')}
      act={<ButtonLink href={addresses.tonight}>{say('missing.back')}</ButtonLink>}
    />
  )
}
