import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { WorkDetails } from '#api'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'

/** The other feeds that have the work. */
export function AlsoIn({ alsoIn }: Pick<WorkDetails, 'alsoIn'>): ReactNode {
  const { say } = useText()
  return (
    <section className="work-section" aria-labelledby="also-in">
      <h2 id="also-in">{say('work.also-in')}</h2>
      <p className="note">{say('work.also-in-note')}</p>
      <ul className="work-links">
        {alsoIn.map(({ workId, feed }) => (
          <li key={workId}>
            <Link href={addresses.work(workId)}>{feed}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
