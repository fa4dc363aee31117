import type { ReactNode } from 'react'
import type { WorkCard } from '#api'
import { WorkPoster } from '../../parts/work-poster.tsx'
import '../../parts/page-head.css'

/** Works as a wall of posters, each with something to do about it, if there is. */
export function WorkWall({
  works,
  act,
}: {
  readonly works: readonly WorkCard[]
  readonly act?: (work: WorkCard) => ReactNode
}): ReactNode {
  return (
    <ul className="poster-wall">
      {works.map((work) => (
        <li key={work.id}>
          <WorkPoster work={work} />
          {act?.(work)}
        </li>
      ))}
    </ul>
  )
}
