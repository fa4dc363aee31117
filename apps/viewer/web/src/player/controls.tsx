import {
  Captions,
  CaptionsOff,
  Cast,
  ChartNoAxesColumn,
  EllipsisVertical,
  ListVideo,
  Maximize,
  Minimize,
  Pause,
  PictureInPicture2,
  Play,
  RotateCcw,
  RotateCw,
  SkipForward,
  Undo2,
  Volume1,
  Volume2,
  VolumeX,
  type LucideIcon,
} from 'lucide-react'
import type { FocusEvent, ReactNode } from 'react'
import type { Film, StreamStatus } from '#api'
import { IconButton } from '../design/icon-button.tsx'
import { useText } from '../i18n/text.tsx'
import { useNow } from '../parts/now.ts'
import type { PlayerCore } from './player-core.ts'
import type { PlayerAct, PlayerPanel, PlayerState } from './player-state.ts'
import { SeekBar } from './seek-bar.tsx'
import { outBy, timeText, wallText } from './time-text.ts'
import './controls.css'

/** Everything that works the film, in one line under its time line. Phones show the first of it. */
export function Controls({
  core,
  state,
  film,
  status,
  areSubtitlesShown,
  act,
}: {
  readonly core: PlayerCore
  readonly state: PlayerState
  readonly film: Film | null
  readonly status: StreamStatus | null
  readonly areSubtitlesShown: boolean
  readonly act: (act: PlayerAct) => void
}): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  const length = state.durationSeconds === 0 ? (film?.durationSeconds ?? 0) : state.durationSeconds
  const chapters = film?.chapters ?? []
  const next = film?.next ?? null
  const hold = (event: FocusEvent): void => {
    if (event.target.matches(':focus-visible')) core.hold(true)
  }
  const opener = (panel: PlayerPanel): PanelOpenerProps => ({ panel, state, act })
  return (
    <div
      className="controls"
      role="group"
      aria-label={say('player.controls')}
      onFocus={hold}
      onBlur={() => core.hold(false)}
    >
      <SeekBar
        core={core}
        state={state}
        chapters={chapters}
        length={length}
        onDisk={status?.onDisk ?? []}
        film={film}
      />
      <div className="controls-line">
        <PlayButton state={state} act={act} />
        <IconButton
          className="optional"
          icon={RotateCcw}
          label={say('player.back')}
          onClick={() => act({ kind: 'seek-by', seconds: -10 })}
        />
        <IconButton
          className="optional"
          icon={RotateCw}
          label={say('player.forward')}
          onClick={() => act({ kind: 'seek-by', seconds: 10 })}
        />
        {next === null ? null : (
          <IconButton
            className="optional"
            icon={SkipForward}
            label={say('player.next')}
            onClick={() => act({ kind: 'next-episode' })}
          />
        )}
        <VolumeControl state={state} act={act} />
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
        <button
          type="button"
          className="controls-rate optional"
          aria-label={say('player.rate', { rate: numberText(state.rate, language) })}
          aria-expanded={state.panel === 'speed'}
          onClick={() => act({ kind: 'toggle-panel', panel: 'speed' })}
        >
          {`${numberText(state.rate, language)}×`}
        </button>
        {chapters.length === 0 ? null : (
          <PanelOpener {...opener('chapters')} icon={ListVideo} label={say('player.chapters')} />
        )}
        <PanelOpener
          {...opener('subtitles')}
          isAlways
          icon={areSubtitlesShown ? Captions : CaptionsOff}
          label={say('player.captions')}
        />
        <IconButton
          className="optional"
          icon={ChartNoAxesColumn}
          label={say('player.statistics')}
          aria-pressed={state.areStatisticsShown}
          onClick={() => act({ kind: 'toggle-statistics' })}
        />
        <PanelOpener {...opener('cast')} icon={Cast} label={say('screens.title')} />
        <IconButton
          className="optional"
          icon={PictureInPicture2}
          label={say('player.mini')}
          onClick={() => act({ kind: 'toggle-mini' })}
        />
        <PanelOpener
          {...opener('more')}
          isAlways
          icon={EllipsisVertical}
          label={say('player.more')}
        />
        <IconButton
          icon={state.isFullScreen ? Minimize : Maximize}
          label={say(state.isFullScreen ? 'player.leave-full-screen' : 'player.full-screen')}
          onClick={() => act({ kind: 'toggle-full-screen' })}
        />
      </div>
    </div>
  )
}

/** A speed as it's written in a language. */
export function numberText(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)
}

interface PartProps {
  readonly state: PlayerState
  readonly act: (act: PlayerAct) => void
}

interface PanelOpenerProps extends PartProps {
  readonly panel: PlayerPanel
}

function PanelOpener({
  panel,
  state,
  act,
  icon,
  label,
  isAlways = false,
}: PanelOpenerProps & {
  readonly icon: LucideIcon
  readonly label: string
  /** Also on a phone. */
  readonly isAlways?: boolean
}): ReactNode {
  return (
    <IconButton
      className={isAlways ? undefined : 'optional'}
      icon={icon}
      label={label}
      aria-expanded={state.panel === panel}
      data-panel-opener={panel}
      onClick={() => act({ kind: 'toggle-panel', panel })}
    />
  )
}

function PlayButton({ state, act }: PartProps): ReactNode {
  const { say } = useText()
  const isOver = state.playback.kind === 'ended'
  const label = isOver ? 'player.again' : state.wantsToPlay ? 'player.pause' : 'player.play'
  return (
    <IconButton
      icon={isOver ? Undo2 : state.wantsToPlay ? Pause : Play}
      label={say(label)}
      onClick={() => act({ kind: 'toggle-play' })}
    />
  )
}

function VolumeControl({ state, act }: PartProps): ReactNode {
  const { say } = useText()
  const heard = state.isMuted ? 0 : state.volume
  return (
    <div className="volume optional" data-focus="volume">
      <IconButton
        icon={heard === 0 ? VolumeX : heard < 0.5 ? Volume1 : Volume2}
        label={say(heard === 0 ? 'player.unmute' : 'player.mute')}
        onClick={() => act({ kind: 'toggle-mute' })}
      />
      <input
        type="range"
        className="volume-slider"
        aria-label={say('player.volume')}
        min={0}
        max={1}
        step={0.05}
        value={heard}
        onChange={(event) => act({ kind: 'volume-to', volume: event.target.valueAsNumber })}
      />
    </div>
  )
}
