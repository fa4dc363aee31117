import { useEffect, useState, type ReactNode } from 'react'
import type { Film } from '#api'
import { Button } from '../design/button.tsx'
import { useText } from '../i18n/text.tsx'
import type { Evening } from './evening.ts'
import { LeaderClock } from './leader-clock.tsx'
import { nextOffer } from './next-episode.ts'
import type { PlayerState } from './player-state.ts'

/** At the end of an episode: the next one, and staying with the credits, both the same size. */
export function NextEpisodeCard({
  next,
  state,
  playsNext,
  evening,
  onNext,
}: {
  readonly next: Film['next']
  readonly state: PlayerState
  readonly playsNext: boolean
  readonly evening: Evening
  readonly onNext: () => void
}): ReactNode {
  const { say } = useText()
  const [stays, setStays] = useState(false)
  const [offeredMs, setOfferedMs] = useState<number | null>(null)
  const [nowMs, setNowMs] = useState(() => performance.now())
  const { durationSeconds, positionSeconds, rate, playback } = state
  const offer = nextOffer({
    hasNext: next !== null && durationSeconds > 0,
    playsNext: playsNext && evening.mayGoOn,
    stays,
    isEnded: playback.kind === 'ended',
    durationSeconds,
    remainingSeconds: (durationSeconds - positionSeconds) / rate,
    offeredForSeconds: offeredMs === null ? null : (nowMs - offeredMs) / 1000,
  })
  const isOffered = offer.kind !== 'none'
  useEffect(() => {
    if (!isOffered) {
      setOfferedMs(null)
      return undefined
    }
    // Both at once: the clock may have stood since the film began.
    const sinceMs = performance.now()
    setOfferedMs(sinceMs)
    setNowMs(sinceMs)
    const timer = setInterval(() => setNowMs(performance.now()), 250)
    return () => clearInterval(timer)
  }, [isOffered])
  const isNow = offer.kind === 'now'
  useEffect(() => {
    // Told once, however often the callback is made anew.
    if (!isNow) return
    evening.startedByItself()
    onNext()
  }, [isNow])
  if (next === null || offer.kind !== 'offered') return null
  return (
    <div className="next-episode" role="group" aria-label={say('player.next')}>
      {offer.secondsLeft === null ? null : (
        <LeaderClock text={String(offer.secondsLeft)} isStill={playback.kind === 'paused'} />
      )}
      <div>
        <p className="next-heading" role="status">
          <span>{say(evening.state.mustAsk ? 'player.still-there' : 'player.next')}</span>
          <strong>{next.title}</strong>
        </p>
        <div className="next-acts">
          <Button
            onClick={() => {
              evening.touched()
              onNext()
            }}
          >
            {say('player.next-play')}
          </Button>
          {stays ? null : <Button onClick={() => setStays(true)}>{say('player.next-stay')}</Button>}
        </div>
      </div>
    </div>
  )
}
