import type { ReactNode } from 'react'
import type { WorkDetails } from '#api'
import { useText } from '../../i18n/text.tsx'
import { advisoryText } from '../../words/advisory-words.ts'

/** From which age, and what is to be seen or heard, as the record has it. */
export function AdvisoryLine({ work }: { readonly work: WorkDetails }): ReactNode {
  const words = useText()
  const parts = [
    ...work.ages.map(({ label }) => label),
    ...work.advisories.map((advisory) => advisoryText(advisory, words)),
  ]
  return parts.length === 0 ? null : (
    <p className="work-advisories">
      <span className="for-readers">{words.say('advisory.label')} </span>
      <span className="work-advisory">{parts.join(', ')}</span>
    </p>
  )
}
