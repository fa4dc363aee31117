import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import type { Work } from '#api'
import type { Client } from '../../api/client.ts'
import { localText } from '../../i18n/language.ts'
import { useText } from '../../i18n/text.tsx'
import { Feature } from '../../parts/feature.tsx'
import { Player, type PlayStart } from '../../player/player.tsx'
import { numberWords, swarmWords } from '../../player/swarm-words.ts'
import { timeText } from '../../player/time-text.ts'
import { RightsSlip } from './rights-slip.tsx'
import { useOpenStream } from './open-stream.ts'
import './work-page.css'

/** A film: what it is, whether it may be shared, and, once Play was pressed, the film itself. */
export function WorkPage({
  client,
  work,
}: {
  readonly client: Client
  readonly work: Work
}): ReactNode {
  const { say, language } = useText()
  const arrival = useHistoryState<{ readonly play?: boolean } | null>()
  const [start, setStart] = useState<PlayStart | null>(
    arrival?.play === true ? { seconds: 0, presses: 1 } : null,
  )
  useEffect(() => {
    // Play was pressed once; going back here, or loading the page again, isn't pressing it.
    history.replaceState(null, '')
  }, [])
  const playFrom = (seconds: number): void => {
    setStart((before) => ({ seconds, presses: (before?.presses ?? 0) + 1 }))
    scrollTo({ top: 0 })
  }
  return (
    <main className="page" id="programme">
      <title>{`${localText(work.title, language)} · Matinee`}</title>
      {start === null ? (
        <Feature work={work} isOpening={false} onPlay={() => playFrom(0)} />
      ) : (
        <Stage client={client} work={work} start={start} onClose={() => setStart(null)} />
      )}
      <div className="work-columns">
        <div>
          {start === null ? null : (
            <h1 className="work-title">{localText(work.title, language)}</h1>
          )}
          <p className="lead">{localText(work.synopsis, language)}</p>
          <section className="work-section">
            <h2>{say('work.chapters')}</h2>
            <ul className="work-chapters">
              {work.chapters.map(({ startSeconds, title }) => (
                <li key={startSeconds}>
                  <button
                    type="button"
                    className="work-chapter"
                    onClick={() => playFrom(startSeconds)}
                  >
                    <span className="for-readers">{say('work.play-from')} </span>
                    <span className="work-chapter-time">{timeText(startSeconds)}</span>
                    <strong>{localText(title, language)}</strong>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <RightsSlip work={work} />
      </div>
    </main>
  )
}

/** The player, and under it in words what the swarm is doing. */
function Stage({
  client,
  work,
  start,
  onClose,
}: {
  readonly client: Client
  readonly work: Work
  readonly start: PlayStart
  readonly onClose: () => void
}): ReactNode {
  const { say, saySentences, language } = useText()
  const { stream, status, askAgain } = useOpenStream(client, work.id)
  const words = useMemo(() => numberWords(language), [language])
  return (
    <div className="stage-frame">
      <Player
        work={work}
        stream={stream}
        status={status}
        start={start}
        onAskAgain={askAgain}
        onClose={onClose}
      />
      <p className="swarm-line" role="group" aria-label={say('swarm.label')}>
        {status === null ? say('swarm.starting') : saySentences(swarmWords(status, words))}
      </p>
    </div>
  )
}
