import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import type { OpenedStream, StreamStatus, Work } from '#api'
import { localText } from '../i18n/language.ts'
import { useText } from '../i18n/text.tsx'
import { CaptionLayer } from './caption-layer.tsx'
import { Controls } from './controls.tsx'
import { focusOf } from './key-focus.ts'
import { KeyList } from './key-list.tsx'
import { listenToMedia, mediaElementPort, pageClock } from './media-element-port.ts'
import { useMediaSession } from './media-session.ts'
import { PlayerCore } from './player-core.ts'
import { actForKey } from './player-keys.ts'
import { segmentAt, timeSegments } from './time-line.ts'
import { useIsWaiting } from './waiting-time.ts'
import { WaitingScreen } from './waiting-screen.tsx'
import './player.css'

/** Where the viewer wants the film to begin, and how often this was said: saying it again counts. */
export interface PlayStart {
  readonly seconds: number
  readonly presses: number
}

export interface PlayerProps {
  readonly work: Work
  /** Null while it's being opened; a new one when it was opened anew. */
  readonly stream: OpenedStream | null
  readonly status: StreamStatus | null
  readonly start: PlayStart
  /** Opens the stream anew, because the viewer asked. */
  readonly onAskAgain: () => void
  readonly onClose: () => void
}

const CAPTIONS_KEY = 'matinee.captions'

/** The film on its stage: picture, captions, controls, and words while there is no picture. */
export function Player(props: PlayerProps): ReactNode {
  const { work, stream, status } = props
  const { say, language } = useText()
  const stage = useRef<HTMLElement | null>(null)
  const video = useRef<HTMLVideoElement | null>(null)
  const [core] = useState(() => createCore(props, language, video, stage))
  const state = useSyncExternalStore(
    (listener) => core.subscribe(listener),
    () => core.state,
  )
  useMediaSession(work, core, state)

  useEffect(() => {
    core.stir()
    const onKey = (event: KeyboardEvent): void => {
      const isModified = event.ctrlKey || event.altKey || event.metaKey
      const act = actForKey({ key: event.key, isModified, focus: focusOf(event.target) })
      if (act === null) return
      if (act.kind === 'close-key-list' && !core.state.isKeyListShown) return
      event.preventDefault()
      core.act(act)
    }
    const onFullScreen = (): void =>
      core.tell({
        kind: 'full-screen',
        isFullScreen: document.fullscreenElement === stage.current,
      })
    document.addEventListener('keydown', onKey)
    document.addEventListener('fullscreenchange', onFullScreen)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('fullscreenchange', onFullScreen)
      core.close()
    }
  }, [core])

  const { start } = props
  const firstStart = useRef(start)
  useEffect(() => {
    if (start === firstStart.current) return
    core.act({ kind: 'seek-to', seconds: start.seconds })
    core.act({ kind: 'play' })
  }, [core, start])

  const mediaUrl = stream?.mediaUrl ?? null
  useEffect(() => {
    const element = video.current
    if (element === null || mediaUrl === null) return undefined
    core.reopen()
    const stop = listenToMedia(element, core)
    if (core.state.wantsToPlay) core.act({ kind: 'play' })
    return stop
  }, [core, mediaUrl])

  useEffect(() => {
    localStorage.setItem(CAPTIONS_KEY, state.captions ?? 'off')
  }, [state.captions])

  const isWaiting = useIsWaiting(state)
  const title = localText(work.title, language)
  const chapter = segmentAt(
    timeSegments(
      work.chapters.map(({ startSeconds }) => startSeconds),
      state.durationSeconds,
    ),
    state.positionSeconds,
  )
  const chapterTitle = chapter === null ? undefined : work.chapters[chapter.chapter]?.title
  return (
    <section
      ref={stage}
      className="stage house"
      aria-label={say('player.label', { title })}
      data-controls={state.areControlsShown || isWaiting ? 'shown' : 'hidden'}
      onPointerMove={() => core.stir()}
      onPointerDown={() => core.stir()}
    >
      <div className="stage-picture">
        <video
          ref={video}
          className="stage-video"
          src={mediaUrl ?? undefined}
          playsInline
          preload="auto"
          onClick={() => core.act({ kind: 'toggle-play' })}
          onDoubleClick={() => core.act({ kind: 'toggle-full-screen' })}
        >
          {stream?.captions.map((captions) => (
            <track
              key={captions.url}
              kind="subtitles"
              src={captions.url}
              srcLang={captions.language}
              label={captions.label}
            />
          ))}
        </video>
        <CaptionLayer video={video} language={state.captions} streamId={stream?.streamId ?? null} />
        {isWaiting ? (
          <WaitingScreen state={state} status={status} onAskAgain={props.onAskAgain} />
        ) : null}
        <div className="stage-top">
          <button
            type="button"
            className="icon-button"
            aria-label={say('work.close')}
            onClick={props.onClose}
          >
            <ArrowLeft aria-hidden="true" />
          </button>
          <p className="stage-title">
            <strong>{title}</strong>
            {chapterTitle === undefined ? null : <span>{localText(chapterTitle, language)}</span>}
          </p>
        </div>
      </div>
      <Controls core={core} state={state} work={work} onDisk={status?.onDisk ?? []} />
      {state.isKeyListShown ? (
        <KeyList onClose={() => core.act({ kind: 'close-key-list' })} />
      ) : null}
    </section>
  )
}

function createCore(
  { work, start }: PlayerProps,
  pageLanguage: string,
  video: { readonly current: HTMLVideoElement | null },
  stage: { readonly current: HTMLElement | null },
): PlayerCore {
  // The page's own language is what "captions on" means first.
  const languages = work.captions
    .map(({ language }) => language)
    .toSorted((a, b) => Number(b === pageLanguage) - Number(a === pageLanguage))
  const wished = localStorage.getItem(CAPTIONS_KEY) ?? 'off'
  const core: PlayerCore = new PlayerCore({
    media: mediaElementPort(
      () => video.current,
      () => stage.current,
      (event) => core.tell(event),
    ),
    clock: pageClock,
    chapterStarts: work.chapters.map((chapter) => chapter.startSeconds),
    captionLanguages: languages,
    captions: languages.find((language) => language === wished) ?? null,
    startSeconds: start.seconds,
  })
  return core
}
