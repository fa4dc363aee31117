import type { ReactNode } from 'react'
import type { PersonPage as PersonAnswer } from '#api'
import { usePerson } from '../../api/programme-queries.ts'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { WorkWall } from '../../parts/work-wall.tsx'
import { Page } from '../../routing/page.tsx'
import { yearsText, type Words } from '../../words/card-words.ts'
import { roleText } from '../../words/role-words.ts'
import '../../parts/page-head.css'

/** A person, and what they made or played in. */
export function PersonPage({ personId }: { readonly personId: string }): ReactNode {
  const { say } = useText()
  const person = usePerson(personId)
  const { data } = person
  return (
    <Page title={data?.name ?? say('search.people')}>
      {data !== undefined ? (
        <Person person={data} />
      ) : person.isError ? (
        <>
          <h1 className="for-readers">{say('search.people')}</h1>
          <Fault
            error={person.error}
            missing={say('person.missing')}
            onAgain={() => void person.refetch()}
          />
        </>
      ) : (
        <Loading words={say('home.loading')} />
      )}
    </Page>
  )
}

function Person({ person }: { readonly person: PersonAnswer }): ReactNode {
  const words = useText()
  const roles = [...new Set(person.works.flatMap((entry) => entry.roles))]
  const names = roles.map((role) => roleText(role, words))
  return (
    <>
      <header className="page-head">
        <h1>{person.name}</h1>
        <p className="lead">
          {new Intl.ListFormat(words.language, { type: 'unit' }).format(names)}
        </p>
        <p className="page-facts">{words.say('person.works', { count: person.works.length })}</p>
      </header>
      <WorkWall
        works={person.works.map(({ work, ...credit }) => ({ ...work, credit }))}
        facts={({ credit, ...work }) => creditText({ work, ...credit }, words)}
      />
    </>
  )
}

/** `1922, director`, or `1922, as Count Orlok`. */
function creditText({ work, roles, as }: PersonAnswer['works'][number], words: Words): string {
  const done = as === null ? roles.map((role) => roleText(role, words)) : []
  const parts = [yearsText(work, words), ...done]
  if (as !== null) parts.push(words.say('person.as', { name: as }))
  return parts.filter((part) => part !== '').join(', ')
}
