import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import type { Work } from '#api'
import type { Client } from '../../api/client.ts'
import { localText } from '../../i18n/language.ts'
import { useText } from '../../i18n/text.tsx'
import { Feature } from '../../parts/feature.tsx'
import { Player } from '../../player/player.tsx'
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
  const [startSeconds, setStartSeconds] = useState<number | null>(arrival?.play === true ? 0 : null)
  useEffect(() => {
    // Play was pressed once; going back here, or loading the page again, isn't pressing it.
    history.replaceState(null, '')
  }, [])
  const playFrom = (seconds: number): void => {
    setStartSeconds(seconds)
    scrollTo({ top: 0 })
  }
  return (
    <main className="page" id="programme">
      <title>{`${localText(work.title, language)} · Matinee`}</title>
      {startSeconds === null ? (
        <Feature work={work} isOpening={false} onPlay={() => playFrom(0)} />
      ) : (
        <Stage
          key={startSeconds}
          client={client}
          work={work}
          startSeconds={startSeconds}
          onClose={() => setStartSeconds(null)}
        />
      )}
      <div className="work-columns">
        <div>
          {startSeconds === null ? null : (
            <h1 className="work-title">{localText(work.title, language)}</h1>
          )}
          <p className="lead">{localText(work.synopsis, language)}</p>
          <section className="work-section">
            <h2>{say('work.chapters')}</h2>
            <ul className="work-chapters">
              {work.chapters.map(({ startSeconds: start, title }) => (
                <li key={start}>
                  <button type="button" className="work-chapter" onClick={() => playFrom(start)}>
                    <span className="for-readers">{say('work.play-from')} </span>
                    <span className="work-chapter-time">{timeText(start)}</span>
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
  startSeconds,
  onClose,
}: {
  readonly client: Client
  readonly work: Work
  readonly startSeconds: number
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
        startSeconds={startSeconds}
        onAskAgain={askAgain}
        onClose={onClose}
      />
      <p className="swarm-line" role="group" aria-label={say('swarm.label')}>
        {status === null ? say('swarm.starting') : saySentences(swarmWords(status, words))}
      </p>
    </div>
  )
}
