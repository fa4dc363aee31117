import { MonitorOff, RefreshCw, Tv } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CastFault } from '#api'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { timeText } from '../time-text.ts'
import type { CastCore, Casting } from './cast-core.ts'
import './cast.css'

const FAULTS: Readonly<Record<CastFault, TextKey>> = {
  away: 'screens.away',
  refused: 'screens.refused',
  film: 'screens.cannot-play',
  taken: 'screens.taken',
  'no-way': 'screens.no-way',
}

/** In place of the picture while the film is on another screen, or should be. */
export function CastStage({
  cast,
  casting,
}: {
  readonly cast: CastCore
  readonly casting: Exclude<Casting, { kind: 'here' }>
}): ReactNode {
  const { say } = useText()
  const isFailed = casting.kind === 'failed'
  const name = isFailed ? casting.name : casting.status.screen.name
  const phase = isFailed ? null : casting.status.phase
  const time = timeText(isFailed ? casting.positionSeconds : casting.status.positionSeconds)
  return (
    <div className="cast-stage" data-phase={phase ?? 'failed'}>
      <Tv size={48} strokeWidth={1.25} aria-hidden="true" />
      <div role="status">
        <h2>
          {isFailed
            ? say(FAULTS[casting.fault], { name })
            : say(phase === 'connecting' ? 'screens.connecting' : 'screens.now-on', { name })}
        </h2>
        {isFailed ? <p>{say('screens.kept-place', { time })}</p> : null}
        {phase === 'buffering' ? <p>{say('screens.buffering')}</p> : null}
      </div>
      <div className="cast-acts">
        <Button
          variant={isFailed ? 'primary' : 'outline'}
          icon={MonitorOff}
          onClick={() => void cast.comeBack()}
        >
          {say(isFailed ? 'screens.go-on-here' : 'screens.come-back')}
        </Button>
        {isFailed ? (
          <Button icon={RefreshCw} onClick={() => void cast.begin(casting.screenId, name)}>
            {say('screens.again')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
