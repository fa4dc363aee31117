import type { Client } from '../api/client.ts'
import type { Connection } from '../api/connection-core.ts'
import { codeOf } from '../api/request.ts'
import { filmServer } from './film-server.ts'
import { castCaptions } from './cast/cast-captions.ts'
import { CastCore } from './cast/cast-core.ts'
import { castServer } from './cast/cast-server.ts'
import { FilmSession, type FilmWish } from './film-session.ts'
import { mediaElementPort } from './media-element-port.ts'
import { pageClock } from './page-clock.ts'
import { PlayerCore } from './player-core.ts'
import { ProgressKeeper } from './progress-keeper.ts'
import { titleKeeper } from './subtitle-choice.ts'
import { FilmWays } from './film-ways.ts'
import { filmTrackId, filmTracks } from './film-subtitles.ts'
import { askBrowser } from './remux/ask-browser.ts'
import { FilmStage } from './remux/film-stage.ts'
import { wayServer } from './way-server.ts'
import type { SubtitleLook } from './subtitle-look.ts'
import { SubtitleDesk } from './subtitle-desk.ts'
import { subtitleSource } from './subtitle-source.ts'

/** What a film's player consists of, without its looks. */
export interface FilmCores {
  readonly core: PlayerCore
  /** The film on other screens. */
  readonly cast: CastCore
  readonly session: FilmSession
  readonly desk: SubtitleDesk
  readonly ways: FilmWays
  readonly keeper: ProgressKeeper
  /** Resolves when the place that was told last has arrived, or hasn't. */
  readonly kept: () => Promise<void>
}

/** Makes the cores of one film. Nothing happens before they are run. */
export function createFilmCores(options: {
  readonly client: Client
  readonly connection: Connection
  /** Of titles (BCP 47). */
  readonly language: string
  readonly wish: FilmWish
  /** A language's own name (BCP 47). */
  readonly languageName: (tag: string) => string
  /** A name for subtitles that have none. */
  readonly numbered: (number: number) => string
  readonly video: () => HTMLVideoElement | null
  /** How subtitles look. */
  readonly look: () => SubtitleLook
  /** What fills the screen. */
  readonly stage: () => HTMLElement | null
  /** The shelf has a new place of this film. */
  readonly onKept: () => void
}): FilmCores {
  const { client, connection, language, wish } = options
  const cast: CastCore = new CastCore(castServer(client.ask), pageClock, {
    local: mediaElementPort(options.video, options.stage, (event) => core.tell(event)),
    tell: (event) => core.tell(event, 'elsewhere'),
    setElsewhere: (isElsewhere) => core.setElsewhere(isElsewhere),
    film: () => session.state.film,
    state: () => core.state,
    captions: () => castCaptions(desk.state, options.look()),
  })
  const core: PlayerCore = new PlayerCore({ media: cast.port, clock: pageClock })
  const session = new FilmSession({
    server: filmServer(client, language),
    clock: pageClock,
    wish,
    codeOf,
    onUnreachable: () => connection.lost(),
  })
  const source = subtitleSource(() => session.state.film?.captions ?? [])
  const desk = new SubtitleDesk(source, titleKeeper(wish.workId))
  const releaseId = (): string => session.state.film?.releaseId ?? ''
  const ways = new FilmWays({
    server: wayServer(client),
    browser: askBrowser,
    video: options.video,
    positionSeconds: () => core.state.positionSeconds,
    openStage: (stage) => new FilmStage(stage),
    subtitles: {
      onSubtitles: (tracks) =>
        desk.openFilm(filmTracks(releaseId(), tracks, options.languageName, options.numbered)),
      onCues: (at, grown) => desk.grow(filmTrackId(releaseId(), at), grown),
    },
    onBroken: (why) => core.tell({ kind: 'broken', why }),
  })
  let kept: Promise<void> = Promise.resolve()
  const keeper = new ProgressKeeper(({ seconds, durationSeconds }) => {
    const { film } = session.state
    if (film === null) return
    const { workId, episodeId } = film
    const place = { workId, episodeId, seconds, durationSeconds }
    // A place that doesn't arrive is followed by the next one.
    kept = client.keepProgress(place).then(options.onKept, () => undefined)
  }, pageClock)
  return { core, cast, session, desk, ways, keeper, kept: () => kept }
}

/**
 * Opens the film and lets the cores hear of each other, until the returned function is called: places go to the
 * shelf, what the browser loses is opened anew, and somebody who is back is asked at once. `onLeft` is told when the
 * shelf knows where the film was left.
 */
export function runFilmCores(
  { core, cast, session, desk, ways, keeper, kept }: FilmCores,
  connection: Connection,
  onLeft: () => void,
): () => void {
  let before = core.state.playback.kind
  const leaves = [
    core.subscribe(() => {
      const { playback, positionSeconds, durationSeconds } = core.state
      keeper.at({ seconds: positionSeconds, durationSeconds }, playback.kind === 'playing')
      if (playback.kind === before) return
      before = playback.kind
      if (playback.kind === 'paused' || playback.kind === 'ended') keeper.keep()
      if (playback.kind === 'playing') {
        session.recovered()
        ways.playing()
      }
      if (playback.kind === 'broken' && playback.why === 'format') ways.refused()
      if (playback.kind === 'broken' && playback.why === 'network') session.lost()
    }),
    connection.subscribe(() => {
      if (connection.state === 'reached') session.serverIsBack()
    }),
  ]
  const onHide = (): void => {
    keeper.keep()
    session.letGo()
  }
  addEventListener('pagehide', onHide)
  leaves.push(desk.subscribe(() => cast.captionsChanged()))
  let film = session.state.film
  leaves.push(
    session.subscribe(() => {
      if (session.state.film === film) return
      film = session.state.film
      if (film !== null) ways.begin(film)
    }),
  )
  session.open()
  core.stir()
  return () => {
    removeEventListener('pagehide', onHide)
    for (const leave of leaves) leave()
    keeper.keep()
    void kept().then(onLeft)
    ways.close()
    cast.close()
    session.close()
    core.close()
  }
}
