import type { ReactNode } from 'react'
import { codeOf } from '../api/request.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useText } from '../i18n/text.tsx'
import { Missing } from './missing.tsx'

/** Something couldn't be fetched. When nobody answers at all, the bar at the foot says so and this says nothing. */
export function Fault({
  error,
  missing,
  onAgain,
}: {
  readonly error: Error
  /** What to say when there is no such thing. */
  readonly missing?: string
  readonly onAgain: () => void
}): ReactNode {
  const { say } = useText()
  const code = codeOf(error)
  if (code === 'unreachable') return null
  if (code === 'not-found')
    return <Missing {...(missing === undefined ? {} : { heading: missing })} />
  return (
    <EmptyState
      picture="beam"
      heading={say('failed.heading')}
      note={say('failed.note')}
      act={<Button onClick={onAgain}>{say('failed.again')}</Button>}
    />
  )
}
