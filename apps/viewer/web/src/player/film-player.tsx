import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../api/client-context.tsx'
import type { Connection } from '../api/connection-core.ts'
import { useShelfRefresh } from '../api/shelf-queries.ts'
import { useText } from '../i18n/text.tsx'
import { CastStage } from './cast/cast-stage.tsx'
import { Controls } from './controls.tsx'
import { useDrawnChoice } from './drawn/drawn-choice.ts'
import { FilmCaptions } from './drawn/film-captions.tsx'
import type { Evening } from './evening.ts'
import { createFilmCores, runFilmCores } from './film-cores.ts'
import { useFilmOpened, useNextStart, useStore } from './film-hooks.ts'
import { useFullScreen } from './full-screen.ts'
import { useMediaSession } from './media-session.ts'
import { MiniBar } from './mini-bar.tsx'
import { NextEpisodeCard } from './next-episode-card.tsx'
import { usePlayer, type Playing } from './player-context.tsx'
import { usePlayerKeys } from './player-key-listener.ts'
import { PlayerPanels } from './player-panels.tsx'
import { isSubtitleAct, type PlayerAct } from './player-state.ts'
import { useRemotePlayer } from './remote/remote-hooks.ts'
import { useFilmSound } from './sound-hooks.ts'
import { StageVideo } from './stage-video.tsx'
import { StageTop } from './stage-top.tsx'
import { Statistics } from './statistics.tsx'
import { ownLanguageName } from '../i18n/display-names.ts'
import { useSubtitleLook } from './subtitle-choice.ts'
import { fileOf } from './subtitle-source.ts'
import { ThanksAtCredits, useThanksAtCredits } from './thanks-at-credits.tsx'
import { USUAL_LOOK } from './subtitle-look.ts'
import { useSubtitleStart } from './subtitle-start.ts'
import type { SubtitleWish } from './subtitle-wish.ts'
import { useIsWaiting } from './waiting-time.ts'
import { WaitingScreen } from './waiting-screen.tsx'
import './player.css'

/** A film on its stage: picture, subtitles, controls, panels, and words while there is no picture. */
export function FilmPlayer({
  playing,
  host,
  subtitleWish,
  evening,
  connection,
}: {
  readonly playing: Playing
  /** What fills the screen. */
  readonly host: RefObject<HTMLDivElement | null>
  /** What the viewer chose by hand, from film to film. */
  readonly subtitleWish: RefObject<SubtitleWish | null>
  readonly evening: Evening
  readonly connection: Connection
}): ReactNode {
  const { say, language } = useText()
  const client = useClient()
  const player = usePlayer()
  const refreshShelf = useShelfRefresh()
  const { workId } = playing.wish
  const video = useRef<HTMLVideoElement | null>(null)
  const lookNow = useRef(USUAL_LOOK)
  const [cores] = useState(() =>
    createFilmCores({
      client,
      connection,
      language,
      wish: playing.wish,
      languageName: ownLanguageName,
      numbered: (number) => say('subtitles.numbered', { number }),
      video: () => video.current,
      stage: () => host.current,
      look: () => lookNow.current,
      onKept: () => void refreshShelf('later'),
    }),
  )
  const { core, cast, session, desk, ways } = cores
  const state = useStore(core)
  const opened = useStore(session)
  const subtitles = useStore(desk)
  const drawn = useDrawnChoice(workId, subtitles)
  const tracks = useStore(ways)
  const url = tracks.way.kind === 'playing' ? tracks.way.url : null
  useStore(evening)
  const sound = useFilmSound(video, workId, opened.film, state)
  const { casting } = useStore(cast)
  const [look, setLook] = useSubtitleLook()
  useEffect(() => {
    lookNow.current = look
    cast.captionsChanged()
  }, [cast, look])
  const [isDropping, setIsDropping] = useState(false)
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => client.settings(signal),
  })
  const wanted = settings.data?.settings
  const { film, status } = opened
  const isMini = playing.mode === 'mini'

  useEffect(
    () => runFilmCores(cores, connection, () => void refreshShelf('now')),
    [cores, connection, refreshShelf],
  )
  useEffect(() => evening.watch(() => core.act({ kind: 'pause' })), [evening, core])
  useFilmOpened(cores, film, playing.fromSeconds, video, url)
  const { isPending } = settings
  useSubtitleStart(desk, { film, settings: wanted, isPending, wish: subtitleWish, language })

  const { presses, fromSeconds } = playing
  const pressed = useRef(presses)
  useEffect(() => {
    if (pressed.current === presses) return
    pressed.current = presses
    if (fromSeconds !== null) core.act({ kind: 'seek-to', seconds: fromSeconds })
    core.act({ kind: 'play' })
  }, [core, presses, fromSeconds])

  const next = film?.next ?? null
  // The next episode would begin here, while everybody looks at the other screen.
  const playsNext = (wanted?.playNext ?? false) && casting.kind === 'here'
  useNextStart(client.ask, film, state, playsNext && evening.mayGoOn)
  const act = (asked: PlayerAct): void => {
    if (isSubtitleAct(asked)) {
      desk.act(asked)
      const { tracks, chosenId } = desk.state
      const shown = tracks.find(({ id }) => id === chosenId)
      if (asked.kind === 'toggle-subtitles' || asked.kind === 'subtitles-to')
        subtitleWish.current = { language: shown?.language ?? null }
      core.stir()
    } else if (asked.kind === 'toggle-mini') player.setMode(isMini ? 'full' : 'mini')
    else if (asked.kind !== 'next-episode') core.act(asked)
    else if (next !== null) player.play({ workId, episodeId: next.episodeId })
  }
  const onKey = (asked: PlayerAct): void => {
    evening.touched()
    act(asked)
  }
  usePlayerKeys(core, onKey, isMini)
  useFullScreen(core, host, isMini)
  useMediaSession(film, act, state)
  useRemotePlayer(cores, film, onKey)

  const isWaiting = useIsWaiting(state) && casting.kind === 'here'
  const credits = useThanksAtCredits({ workId, state, hasNext: next !== null, settings: wanted })
  const areControlsShown = state.areControlsShown || isWaiting || casting.kind !== 'here'
  return (
    <section
      className="stage"
      aria-label={say('player.label', { title: film?.title ?? '' })}
      data-controls={areControlsShown ? 'shown' : 'hidden'}
      data-panel={isMini ? undefined : (state.panel ?? undefined)}
      data-dropping={isDropping}
      data-thanks={credits === null || isMini ? undefined : 'shown'}
      onPointerDown={() => evening.touched()}
      onPointerMove={(event) => {
        evening.touched()
        if (event.pointerType !== 'touch') core.stir()
      }}
      onDragOver={(event) => {
        event.preventDefault()
        setIsDropping(true)
      }}
      onDragLeave={() => setIsDropping(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsDropping(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined) void desk.add(fileOf(file)).then(() => core.stir())
      }}
    >
      <StageVideo
        video={video}
        core={core}
        url={url ?? undefined}
        isMini={isMini}
        onBig={() => player.setMode('full')}
      />
      <FilmCaptions video={video} subtitles={subtitles} look={look} drawn={drawn} />
      {casting.kind === 'here' || isMini ? null : <CastStage cast={cast} casting={casting} />}
      {isWaiting && !isMini ? (
        <WaitingScreen
          state={state}
          session={opened}
          way={tracks.way}
          onOpenIn={(one) => void ways.openIn(one)}
          onAskAgain={() => session.open()}
          onSwitch={(releaseId) => session.switchRelease(releaseId)}
          onClose={player.close}
        />
      ) : null}
      {isMini ? (
        <MiniBar state={state} title={film?.title ?? ''} isWaiting={isWaiting} act={act} />
      ) : (
        <>
          <StageTop core={core} state={state} session={opened} onClose={player.close} />
          {isDropping ? <p className="stage-drop">{say('subtitles.drop')}</p> : null}
          {state.areStatisticsShown && film !== null ? (
            <Statistics film={film} status={status} state={state} video={video} />
          ) : null}
          <NextEpisodeCard
            next={next}
            state={state}
            playsNext={playsNext}
            evening={evening}
            onNext={() => act({ kind: 'next-episode' })}
          />
          {credits === null ? null : <ThanksAtCredits credits={credits} />}
          <Controls
            core={core}
            state={state}
            film={film}
            status={status}
            areSubtitlesShown={subtitles.chosenId !== null}
            act={act}
          />
          <PlayerPanels
            state={state}
            film={film}
            desk={desk}
            subtitles={subtitles}
            look={look}
            onLook={setLook}
            drawn={drawn}
            cast={cast}
            video={video}
            {...sound}
            evening={evening}
            onSwitch={(releaseId) => session.switchRelease(releaseId)}
            tracks={tracks}
            onSound={(at) => ways.chooseSound(at)}
            act={act}
          />
        </>
      )}
    </section>
  )
}
