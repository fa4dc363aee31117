import type { ReactNode } from 'react'
import type { WorkDetails } from '#api'
import { useText } from '../../i18n/text.tsx'
import { usePlayer } from '../../player/player-context.tsx'
import { timeText } from '../../player/time-text.ts'

/** The parts of a film; each plays from there. */
export function ChapterList({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  const { play } = usePlayer()
  return (
    <section className="work-section">
      <h2>{say('work.chapters')}</h2>
      <ul className="work-chapters">
        {work.chapters.map(({ startSeconds, title }) => (
          <li key={startSeconds}>
            <button
              type="button"
              className="work-chapter"
              disabled={!work.offered}
              onClick={() => play({ workId: work.card.id, fromSeconds: startSeconds })}
            >
              <span className="for-readers">{say('work.play-from')} </span>
              <span className="work-chapter-time">{timeText(startSeconds)}</span>
              <strong>{title}</strong>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
