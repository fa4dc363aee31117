import {
  Keyboard,
  Maximize,
  Minimize,
  Pause,
  Play,
  RotateCcw,
  RotateCw,
  Undo2,
  Volume1,
  Volume2,
  VolumeX,
} from 'lucide-react'
import type { FocusEvent, ReactNode } from 'react'
import type { StreamStatus, Work } from '#api'
import { useText } from '../i18n/text.tsx'
import { useNow } from '../parts/now.ts'
import { CaptionsMenu } from './captions-menu.tsx'
import type { PlayerCore } from './player-core.ts'
import type { PlayerState } from './player-state.ts'
import { SeekBar } from './seek-bar.tsx'
import { outBy, timeText, wallText } from './time-text.ts'
import './controls.css'

/** Everything that works the film, in one line under its time line. */
export function Controls({
  core,
  state,
  work,
  onDisk,
}: {
  readonly core: PlayerCore
  readonly state: PlayerState
  readonly work: Work
  readonly onDisk: StreamStatus['onDisk']
}): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  const length = state.durationSeconds === 0 ? work.durationSeconds : state.durationSeconds
  const hold = (event: FocusEvent): void => {
    if (event.target.matches(':focus-visible')) core.hold(true)
  }
  return (
    <div
      className="controls"
      role="group"
      aria-label={say('player.controls')}
      onFocus={hold}
      onBlur={() => core.hold(false)}
    >
      <SeekBar core={core} state={state} work={work} onDisk={onDisk} />
      <div className="controls-line">
        <PlayButton core={core} state={state} />
        <button
          type="button"
          className="icon-button optional"
          aria-label={say('player.back')}
          onClick={() => core.act({ kind: 'seek-by', seconds: -10 })}
        >
          <RotateCcw aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button optional"
          aria-label={say('player.forward')}
          onClick={() => core.act({ kind: 'seek-by', seconds: 10 })}
        >
          <RotateCw aria-hidden="true" />
        </button>
        <VolumeControl core={core} state={state} />
        <p className="controls-time">
          <strong>
            {say('player.time', {
              position: timeText(state.positionSeconds),
              length: timeText(length),
            })}
          </strong>
          <span className="optional">
            {say('work.out-by', {
              time: wallText(outBy(now, length, state.positionSeconds, state.rate), language),
            })}
          </span>
        </p>
        <span className="controls-gap" />
        {state.rate === 1 ? null : (
          <span className="controls-rate">{say('player.rate', { rate: state.rate })}</span>
        )}
        <button
          type="button"
          className="icon-button optional"
          aria-label={say('player.keys')}
          aria-expanded={state.isKeyListShown}
          onClick={() => core.act({ kind: 'toggle-key-list' })}
        >
          <Keyboard aria-hidden="true" />
        </button>
        <CaptionsMenu core={core} state={state} captions={work.captions} />
        <button
          type="button"
          className="icon-button"
          aria-label={say(state.isFullScreen ? 'player.leave-full-screen' : 'player.full-screen')}
          onClick={() => core.act({ kind: 'toggle-full-screen' })}
        >
          {state.isFullScreen ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
        </button>
      </div>
    </div>
  )
}

interface PartProps {
  readonly core: PlayerCore
  readonly state: PlayerState
}

function PlayButton({ core, state }: PartProps): ReactNode {
  const { say } = useText()
  const isOver = state.playback.kind === 'ended'
  const label = isOver ? 'player.again' : state.wantsToPlay ? 'player.pause' : 'player.play'
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={say(label)}
      onClick={() => core.act({ kind: 'toggle-play' })}
    >
      {isOver ? (
        <Undo2 aria-hidden="true" />
      ) : state.wantsToPlay ? (
        <Pause aria-hidden="true" />
      ) : (
        <Play aria-hidden="true" />
      )}
    </button>
  )
}

function VolumeControl({ core, state }: PartProps): ReactNode {
  const { say } = useText()
  const heard = state.isMuted ? 0 : state.volume
  const Icon = heard === 0 ? VolumeX : heard < 0.5 ? Volume1 : Volume2
  return (
    <div className="volume" data-focus="volume">
      <button
        type="button"
        className="icon-button"
        aria-label={say(heard === 0 ? 'player.unmute' : 'player.mute')}
        onClick={() => core.act({ kind: 'toggle-mute' })}
      >
        <Icon aria-hidden="true" />
      </button>
      <input
        type="range"
        className="volume-slider"
        aria-label={say('player.volume')}
        min={0}
        max={1}
        step={0.05}
        value={heard}
        onChange={(event) => core.act({ kind: 'volume-to', volume: event.target.valueAsNumber })}
      />
    </div>
  )
}
