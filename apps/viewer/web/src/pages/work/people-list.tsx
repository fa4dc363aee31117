import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { WorkDetails } from '#api'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'
import { roleText } from '../../words/role-words.ts'

/** So many are shown before somebody asks for all. */
const FIRST = 10

/** Who made it and who plays in it; each leads to what else they made. */
export function PeopleList({ people }: { readonly people: WorkDetails['people'] }): ReactNode {
  const words = useText()
  const { say } = words
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? people : people.slice(0, FIRST)
  return (
    <section className="work-section">
      <h2>{say('work.people')}</h2>
      <ul className="work-people">
        {shown.map(({ id, name, roles, as }) => (
          <li key={id}>
            <Link href={addresses.person(id)}>{name}</Link>
            <span>{as ?? roles.map((role) => roleText(role, words)).join(', ')}</span>
          </li>
        ))}
      </ul>
      {people.length > shown.length ? (
        <Button variant="quiet" onClick={() => setWhole(true)}>
          {say('work.all-people', { count: people.length })}
        </Button>
      ) : null}
    </section>
  )
}
