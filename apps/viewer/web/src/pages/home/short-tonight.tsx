import type { ReactNode } from 'react'
import type { WorkCard } from '#api'
import { Programme } from '../../design/programme-line.tsx'
import { SectionLabel } from '../../design/section-label.tsx'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { WorkLine } from '../../parts/work-line.tsx'

/** Films for what is left of the evening, by when one would be out. */
export function ShortTonight({ works }: { readonly works: readonly WorkCard[] }): ReactNode {
  const { say } = useText()
  const now = useNow()
  if (works.length === 0) return null
  return (
    <section aria-labelledby="short-tonight">
      <SectionLabel id="short-tonight" heading={say('home.short')} note={say('home.short-note')} />
      <Programme>
        {works.map((work) => (
          <WorkLine key={work.id} work={work} startsAt={now} shows="end" />
        ))}
      </Programme>
    </section>
  )
}
