import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ProgrammeRow, WorkCard } from '#api'
import { SectionLabel } from '../../design/section-label.tsx'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { outBy, wallText } from '../../player/time-text.ts'
import { Poster } from '../../poster/poster.tsx'
import { addresses } from '../../routing/addresses.ts'
import { captionText, factsText } from '../../words/card-words.ts'
import { rowWords } from '../../words/row-words.ts'
import { rowAddress } from './row-address.ts'
import './wall.css'

/** A few works, each with its poster and what a programme says of it. */
export function Wall({ row }: { readonly row: ProgrammeRow }): ReactNode {
  const words = useText()
  const { heading, note } = rowWords(row.heading, words)
  const href = rowAddress(row)
  return (
    <section className="wall" aria-label={heading}>
      <SectionLabel
        heading={heading}
        place="aside"
        {...(note === null ? {} : { note })}
        {...(href === null
          ? {}
          : { all: { href, text: words.say('home.all', { count: row.total }) } })}
      />
      <ul className="wall-works">
        {row.works.map((work) => (
          <li key={work.id}>
            <WallWork work={work} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function WallWork({ work }: { readonly work: WorkCard }): ReactNode {
  const words = useText()
  const now = useNow()
  const { durationSeconds } = work
  return (
    <Link href={addresses.work(work.id)} className="wall-work">
      <Poster record={work} imageUrl={work.posterUrl} />
      <span className="wall-words">
        <strong className="wall-title" dir="auto" lang={work.titleLanguage ?? undefined}>
          {work.title}
        </strong>{' '}
        <span className="wall-facts">
          {work.makers.length === 0 ? captionText(work, words) : factsText(work, words)}
        </span>{' '}
        {durationSeconds === null ? null : (
          <span className="wall-time">
            {words.say('card.out-by', {
              time: wallText(outBy(now, durationSeconds, 0), words.language),
            })}
          </span>
        )}
      </span>
    </Link>
  )
}
