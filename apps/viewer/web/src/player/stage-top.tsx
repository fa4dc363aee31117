import { ArrowLeft } from 'lucide-react'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { IconButton } from '../design/icon-button.tsx'
import { useText } from '../i18n/text.tsx'
import type { FilmSessionState } from './film-session.ts'
import type { PlayerCore } from './player-core.ts'
import type { PlayerState } from './player-state.ts'
import { PhoneMark } from './remote/remote-panel.tsx'
import { numberWords, swarmWords } from './swarm-words.ts'
import { readyUntil, segmentAt, timeSegments } from './time-line.ts'
import { timeText } from './time-text.ts'

/** The offer to begin anew goes after so long. */
const RESUMED_MS = 12_000

/** Over the picture: the way back, what plays, and what the swarm does. */
export function StageTop({
  core,
  state,
  session,
  onClose,
}: {
  readonly core: PlayerCore
  readonly state: PlayerState
  readonly session: FilmSessionState
  readonly onClose: () => void
}): ReactNode {
  const { say, saySentences, language } = useText()
  const { film, status, failure } = session
  const words = useMemo(() => numberWords(language), [language])
  const aheadSeconds = Math.max(
    0,
    Math.floor(readyUntil(state.ready, state.positionSeconds) - state.positionSeconds),
  )
  return (
    <div className="stage-top">
      <IconButton icon={ArrowLeft} label={say('player.close')} data-tv="back" onClick={onClose} />
      <p className="stage-title">
        <strong dir="auto">{film?.title ?? ''}</strong>
        <span>{subtitleOf(session, state)}</span>
      </p>
      <PhoneMark core={core} />
      <Resumed key={film?.resumeSeconds ?? 0} core={core} session={session} />
      <p className="stage-swarm" role="group" aria-label={say('swarm.label')}>
        {failure !== null
          ? say('swarm.away')
          : status === null
            ? say('swarm.starting')
            : saySentences(swarmWords(status, words, aheadSeconds))}
      </p>
    </div>
  )
}

/** The chapter, or the episode while it has none. */
function subtitleOf({ film }: FilmSessionState, state: PlayerState): string {
  if (film === null) return ''
  const starts = film.chapters.map(({ startSeconds }) => startSeconds)
  const segment = segmentAt(timeSegments(starts, state.durationSeconds), state.positionSeconds)
  const chapter = segment === null ? undefined : film.chapters[segment.chapter]?.title
  return [film.subtitle, chapter].filter((part) => part !== null && part !== undefined).join(' · ')
}

/** Says for a while that the film goes on where it was left, with the way to its start. */
function Resumed({
  core,
  session,
}: {
  readonly core: PlayerCore
  readonly session: FilmSessionState
}): ReactNode {
  const { say } = useText()
  const resumed = session.film?.resumeSeconds ?? null
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    if (resumed === null) return undefined
    const timer = setTimeout(() => setIsOver(true), RESUMED_MS)
    return () => clearTimeout(timer)
  }, [resumed])
  if (resumed === null || isOver) return null
  return (
    <span className="stage-resumed" role="status">
      {say('player.resumed', { time: timeText(resumed) })}
      <Button
        size="small"
        onClick={() => {
          core.act({ kind: 'seek-to', seconds: 0 })
          setIsOver(true)
        }}
      >
        {say('player.from-start')}
      </Button>
    </span>
  )
}
