import type { ReactNode } from 'react'
import type { WorkCard } from '#api'
import { useText } from '../../i18n/text.tsx'
import { WorkPoster } from '../../parts/work-poster.tsx'
import { captionText, factsText } from '../../words/card-words.ts'
import './chosen-wall.css'

/** The works of a list with what its curator says of them. */
export function ChosenWall({
  works,
  notes,
}: {
  readonly works: readonly WorkCard[]
  /** By the works' ids; somebody else's words, and nothing but text. */
  readonly notes: Readonly<Record<string, string>>
}): ReactNode {
  const words = useText()
  return (
    <ul className="poster-wall few chosen-wall">
      {works.map((work) => (
        <li key={work.id}>
          <WorkPoster
            work={work}
            facts={captionText(work, words)}
            allFacts={factsText(work, words)}
          />
          {notes[work.id] === undefined ? null : <p className="chosen-note">{notes[work.id]}</p>}
        </li>
      ))}
    </ul>
  )
}
