import type { ReactNode } from 'react'
import type { Work } from '#api'
import { useText } from '../../i18n/text.tsx'
import './rights-slip.css'

/** The answer to the question that comes before every other. Only for works whose answer is plain. */
export function RightsSlip({ work }: { readonly work: Work }): ReactNode {
  const { say } = useText()
  if (work.licence !== 'CC0-1.0') return null
  return (
    <section className="slip" aria-label={say('rights.question')}>
      <p className="slip-question">{say('rights.question')}</p>
      <p className="slip-answer">{say('rights.yes')}</p>
      <p className="slip-words">{say('rights.cc0')}</p>
      <div className="slip-tear" aria-hidden="true" />
      <dl className="slip-facts">
        <dt>{say('rights.licence')}</dt>
        <dd>CC0 1.0</dd>
        <dt>{say('rights.where')}</dt>
        <dd>{say('rights.everywhere')}</dd>
      </dl>
    </section>
  )
}
