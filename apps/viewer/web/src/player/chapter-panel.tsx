import type { ReactNode } from 'react'
import type { Part } from '#api'
import type { PlayerAct, PlayerState } from './player-state.ts'
import { segmentAt, timeSegments } from './time-line.ts'
import { timeText } from './time-text.ts'

/** The film's chapters, each the way to its start. */
export function ChapterPanel({
  state,
  chapters,
  act,
}: {
  readonly state: PlayerState
  readonly chapters: readonly Part[]
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const starts = chapters.map(({ startSeconds }) => startSeconds)
  const current = segmentAt(timeSegments(starts, state.durationSeconds), state.positionSeconds)
  return (
    <ul className="panel-list">
      {chapters.map(({ startSeconds, title }, index) => (
        <li key={startSeconds}>
          <button
            type="button"
            className="panel-line"
            aria-current={current?.chapter === index}
            onClick={() => act({ kind: 'seek-to', seconds: startSeconds })}
          >
            <span className="panel-time">{timeText(startSeconds)}</span>
            {title}
          </button>
        </li>
      ))}
    </ul>
  )
}
