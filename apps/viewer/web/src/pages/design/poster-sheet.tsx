import type { ReactNode } from 'react'
import { Poster } from '../../poster/poster.tsx'
import type { PosterRecord } from '../../poster/poster-record.ts'
import { HARD_WORKS, SAMPLE_WORKS } from './sample-works.ts'

/** Posters side by side and nothing else; with `?titles=hard`, those of titles that are hard to set. */
export function PosterSheet(): ReactNode {
  const isHard = new URLSearchParams(location.search).get('titles') === 'hard'
  const isArt = new URLSearchParams(location.search).get('mode') === 'art'
  const works: readonly PosterRecord[] = isHard ? HARD_WORKS : SAMPLE_WORKS
  return (
    <main className="poster-sheet" id="programme">
      <title>Matinee</title>
      <h1 className="for-readers">Posters</h1>
      <ul className={isArt ? 'art' : ''}>
        {works.map((record) => (
          <li key={record.id}>
            <Poster record={record} mode={isArt ? 'art' : 'poster'} alt={record.title} />
          </li>
        ))}
      </ul>
    </main>
  )
}
