import { Heart } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WorkDetails } from '#api'
import { useText } from '../../i18n/text.tsx'

/** The makers' own pages for thanks, as the record names them. */
export function ThanksCard({
  donations,
}: {
  readonly donations: WorkDetails['donations']
}): ReactNode {
  const { say } = useText()
  return (
    <section className="thanks">
      <h2>{say('work.thanks')}</h2>
      <p>{say('work.thanks-note')}</p>
      <ul>
        {donations.map(({ label, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer noopener">
              <Heart size={18} strokeWidth={1.75} aria-hidden="true" />
              {label}
              <span className="for-readers"> {say('work.outside')}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
