import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import type { Film } from '#api'
import { IconButton } from '../design/icon-button.tsx'
import { useText } from '../i18n/text.tsx'
import type { CastCore } from './cast/cast-core.ts'
import { CastPanel } from './cast/cast-panel.tsx'
import { ChapterPanel } from './chapter-panel.tsx'
import type { DrawnChoice } from './drawn/drawn-choice.ts'
import type { Evening } from './evening.ts'
import { KeyPanel } from './key-panel.tsx'
import { MorePanel } from './more-panel.tsx'
import type { PlayerAct, PlayerPanel, PlayerState } from './player-state.ts'
import { PostcardPanel } from './postcard-panel.tsx'
import { RemotePanel } from './remote/remote-panel.tsx'
import type { FilmWaysState } from './film-ways.ts'
import type { DescribedSwitch, NightSwitch } from './sound-hooks.ts'
import { SoundPanel } from './sound-panel.tsx'
import { SleepPanel } from './sleep-panel.tsx'
import { SpeedPanel } from './speed-panel.tsx'
import type { SubtitleDesk, SubtitleState } from './subtitle-desk.ts'
import type { SubtitleLook } from './subtitle-look.ts'
import { SubtitlePanel } from './subtitle-panel.tsx'
import { TranscriptPanel } from './transcript-panel.tsx'
import './player-panels.css'

const HEADINGS = {
  cast: 'screens.title',
  subtitles: 'player.captions',
  transcript: 'subtitles.transcript',
  sound: 'player.sound',
  chapters: 'player.chapters',
  speed: 'player.speed',
  sleep: 'player.sleep',
  postcard: 'postcard.title',
  remote: 'remote.title',
  keys: 'player.keys',
  more: 'player.more',
} as const

/** What the panels need. */
export interface PanelProps {
  readonly state: PlayerState
  readonly film: Film | null
  readonly act: (act: PlayerAct) => void
  readonly onSwitch: (releaseId: string) => void
  readonly night: NightSwitch
  readonly described: DescribedSwitch
  readonly evening: Evening
  /** What is in the film, and how it plays. */
  readonly tracks: FilmWaysState
  /** The viewer chose a sound, by its place. */
  readonly onSound: (at: number) => void
}

/** What stands beside the picture (on a phone: below it), if anything does. The film goes on. */
export function PlayerPanels(
  props: PanelProps & {
    readonly cast: CastCore
    readonly desk: SubtitleDesk
    readonly subtitles: SubtitleState
    readonly look: SubtitleLook
    readonly onLook: (look: SubtitleLook) => void
    readonly drawn: DrawnChoice
    readonly video: RefObject<HTMLVideoElement | null>
  },
): ReactNode {
  const { state, film, desk, subtitles, look, onLook, video, act } = props
  switch (state.panel) {
    case null:
      return null
    case 'cast':
      return (
        <Frame panel="cast" act={act}>
          <CastPanel
            cast={props.cast}
            video={video}
            onChosen={() => act({ kind: 'close-panel' })}
          />
        </Frame>
      )
    case 'subtitles':
      return (
        <Frame panel="subtitles" act={act}>
          <SubtitlePanel
            desk={desk}
            subtitles={subtitles}
            look={look}
            onLook={onLook}
            drawn={props.drawn}
            unread={props.tracks.unreadSubtitles}
            act={act}
          />
        </Frame>
      )
    case 'transcript':
      return (
        <Frame panel="transcript" act={act}>
          <TranscriptPanel state={state} subtitles={subtitles} video={video} act={act} />
        </Frame>
      )
    case 'sound':
      return (
        <Frame panel="sound" act={act}>
          <SoundPanel {...props} />
        </Frame>
      )
    case 'chapters':
      return (
        <Frame panel="chapters" act={act}>
          <ChapterPanel state={state} chapters={film?.chapters ?? []} act={act} />
        </Frame>
      )
    case 'speed':
      return (
        <Frame panel="speed" act={act}>
          <SpeedPanel state={state} act={act} />
        </Frame>
      )
    case 'sleep':
      return (
        <Frame panel="sleep" act={act}>
          <SleepPanel evening={props.evening} state={props.evening.state} />
        </Frame>
      )
    case 'postcard':
      return (
        <Frame panel="postcard" act={act}>
          <PostcardPanel film={film} video={video} />
        </Frame>
      )
    case 'remote':
      return (
        <Frame panel="remote" act={act}>
          <RemotePanel />
        </Frame>
      )
    case 'keys':
      return (
        <Frame panel="keys" act={act}>
          <KeyPanel />
        </Frame>
      )
    case 'more':
      return (
        <Frame panel="more" act={act}>
          <MorePanel {...props} />
        </Frame>
      )
  }
}

function Frame({
  panel,
  act,
  children,
}: {
  readonly panel: PlayerPanel
  readonly act: (act: PlayerAct) => void
  readonly children: ReactNode
}): ReactNode {
  const { say } = useText()
  const close = useRef<HTMLDivElement | null>(null)
  useEffect(() => {
    const before = document.activeElement
    close.current?.querySelector('button')?.focus()
    return () => {
      // From one panel to the next the opener may be gone; its button in the line isn't.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
      else document.querySelector<HTMLElement>(`[data-panel-opener="${panel}"]`)?.focus()
    }
  }, [panel])
  return (
    <div
      className="player-panel"
      role="dialog"
      aria-label={say(HEADINGS[panel])}
      data-panel={panel}
    >
      <div className="panel-head" ref={close}>
        <h2>{say(HEADINGS[panel])}</h2>
        <IconButton
          icon={X}
          label={say('player.panel-close')}
          onClick={() => act({ kind: 'close-panel' })}
        />
      </div>
      {children}
    </div>
  )
}
