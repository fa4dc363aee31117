import type { ReactNode } from 'react'
import type { WorkCard } from '#api'
import { useText } from '../i18n/text.tsx'
import { captionText, factsText } from '../words/card-words.ts'
import { WorkPoster } from './work-poster.tsx'
import './work-wall.css'

/** Up to this many, posters stand beside their words on wide screens, which would be half empty otherwise. */
const FEW = 4

/** Properties of {@link WorkWall}. */
export interface WorkWallProps<Work extends WorkCard> {
  readonly works: readonly Work[]
  /** Under the title. Default: year and length. */
  readonly facts?: (work: Work) => string
  /** Something to do about it, under its words. */
  readonly act?: (work: Work) => ReactNode
}

/** Works as a wall of posters; a few of them as posters beside words. */
export function WorkWall<Work extends WorkCard>({
  works,
  facts,
  act,
}: WorkWallProps<Work>): ReactNode {
  const words = useText()
  const isShort = works.length <= FEW
  return (
    <ul
      className={['poster-wall', isShort ? 'few' : '', facts === undefined ? '' : 'with-credits']
        .join(' ')
        .trim()}
    >
      {works.map((work) => (
        <li key={work.id}>
          <WorkPoster
            work={work}
            facts={facts?.(work) ?? captionText(work, words)}
            {...(isShort ? { allFacts: factsText(work, words) } : {})}
          />
          {act?.(work)}
        </li>
      ))}
    </ul>
  )
}
