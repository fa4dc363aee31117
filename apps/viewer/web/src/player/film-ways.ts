import type { Film, FilmObstacle, FilmSound, FilmWay, FilmWayRequest, PlayerRequest } from '#api'
import { Listeners } from '../api/listeners.ts'
import type { FilmStage, FilmStageListener, FilmStageOptions } from './remux/film-stage.ts'

/** How a film plays just now. */
export type FilmWayState =
  /** It isn't known yet. */
  | { readonly kind: 'asking' }
  /** The browser reads it at this address. `sound` null = as the file has it. */
  | { readonly kind: 'playing'; readonly url: string; readonly sound: FilmSound | null }
  | {
      readonly kind: 'elsewhere'
      readonly why: FilmObstacle
      readonly helps: readonly ('player' | 'release' | 'ffmpeg')[]
      readonly players: FilmWay['players']
      /** A player that was asked for, by its name, and whether it opened. */
      readonly player: { readonly name: string; readonly isOpen: boolean } | null
    }

/** What is known of a film's tracks, and how it plays. */
export interface FilmWaysState {
  readonly way: FilmWayState
  /** The sounds in the film; empty while they aren't known. */
  readonly sounds: FilmWay['sounds']
  /** The sound that plays, among them. */
  readonly soundAt: number
  /** Subtitles in the film that can't be shown, such as pictures of letters. */
  readonly unreadSubtitles: number
}

/** The server, as the ways of a film need it. All may reject. */
export interface WayServer {
  way(streamId: string, request: FilmWayRequest): Promise<FilmWay>
  sound(
    streamId: string,
    order: { readonly track: number; readonly from: number; readonly type: string },
    signal: AbortSignal,
  ): Promise<Response>
  openPlayer(streamId: string, request: PlayerRequest): Promise<void>
}

/** What the ways of a film need besides. */
export interface FilmWaysOptions {
  readonly server: WayServer
  readonly browser: () => FilmWayRequest['browser']
  readonly video: () => HTMLVideoElement | null
  /** Where the film is, in seconds. */
  readonly positionSeconds: () => number
  readonly openStage: (options: FilmStageOptions) => Pick<FilmStage, 'url' | 'close'>
  readonly subtitles: Pick<FilmStageListener, 'onCues' | 'onSubtitles'>
  /** The film can't be read on: it's lost, or no browser plays it. */
  readonly onBroken: (why: 'network' | 'format') => void
}

const ASKING: FilmWaysState = {
  way: { kind: 'asking' },
  sounds: [],
  soundAt: 0,
  unreadSubtitles: 0,
}

/** How long a picture and a sound may be missing in what the browser says that it plays. */
export const PROOF_SECONDS = 2

/**
 * Decides with the server how an opened film is played. One that browsers play as its record says begins at once,
 * and is looked at while it plays; of any other the tracks are looked at first.
 */
export class FilmWays {
  readonly #options: FilmWaysOptions
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state = ASKING
  #film: Film | null = null
  #stage: Pick<FilmStage, 'url' | 'close'> | null = null
  #sound: number | null = null
  #asking = 0
  #isKnown = false

  constructor(options: FilmWaysOptions) {
    this.#options = options
  }

  /** The same object until something changes. */
  get state(): FilmWaysState {
    return this.#state
  }

  /** The film was opened, or opened anew. */
  begin(film: Film): void {
    const isSame = film.releaseId === this.#film?.releaseId
    this.#film = film
    this.#isKnown = false
    this.#endStage()
    if (!isSame) this.#sound = null
    const isTaken = film.plays && this.#sound === null
    this.#state = isTaken ? { ...ASKING, way: direct(film) } : ASKING
    this.#changed()
    if (!isTaken) void this.#ask()
  }

  /** The film plays: what its record said of it is compared with what is in it. */
  playing(): void {
    if (this.#state.way.kind === 'playing' && !this.#isKnown) void this.#ask()
  }

  /** The viewer chose another sound. */
  chooseSound(at: number): void {
    this.#sound = at
    void this.#ask()
  }

  /** The browser gave up on what it was said to play. */
  refused(): void {
    if (this.#state.way.kind === 'playing' && !this.#isKnown) void this.#ask()
  }

  /** The browser plays it without what is in it: a picture, a sound. */
  missing(what: 'picture' | 'sound'): void {
    const words = this.#state.sounds[this.#state.soundAt]?.words ?? '?'
    this.#elsewhere(
      what === 'picture' ? { kind: 'picture', words: '?' } : { kind: 'sound', words },
      what === 'sound' ? ['ffmpeg'] : [],
      [],
    )
  }

  /** Opens the film in a player of this computer. */
  async openIn(player: { readonly id: string; readonly name: string }): Promise<void> {
    const { server, positionSeconds } = this.#options
    const streamId = this.#film?.streamId ?? ''
    const isOpen = await server
      .openPlayer(streamId, { player: player.id, fromSeconds: positionSeconds() })
      .then(
        () => true,
        () => false,
      )
    const { way } = this.#state
    if (way.kind !== 'elsewhere' || streamId !== this.#film?.streamId) return
    this.#change({ way: { ...way, player: { name: player.name, isOpen } } })
  }

  close(): void {
    this.#asking++
    this.#endStage()
    this.#listeners.clear()
  }

  async #ask(): Promise<void> {
    const film = this.#film
    if (film === null) return
    const asking = ++this.#asking
    const { server, browser } = this.#options
    this.#isKnown = true
    try {
      const answer = await server.way(film.streamId, { browser: browser(), sound: this.#sound })
      if (asking === this.#asking && film === this.#film) this.#take(film, answer)
    } catch {
      // A film that plays goes on; of another one the server is asked again when it's opened anew.
      if (asking !== this.#asking) return
      this.#isKnown = false
      if (this.#state.way.kind === 'asking') this.#options.onBroken('network')
    }
  }

  #take(film: Film, { plan, sounds, players, unreadSubtitles, durationSeconds }: FilmWay): void {
    const known = { sounds, unreadSubtitles }
    if (plan.kind === 'elsewhere') {
      this.#change({ ...known, soundAt: this.#sound ?? 0 })
      this.#elsewhere(plan.why, plan.helps, players)
      return
    }
    if (plan.kind === 'direct') {
      this.#endStage()
      const { way } = this.#state
      const isSame = way.kind === 'playing' && way.url === film.mediaUrl
      this.#change({ ...known, soundAt: 0, ...(isSame ? {} : { way: direct(film) }) })
      return
    }
    const { video, openStage, server, positionSeconds, subtitles, onBroken } = this.#options
    const element = video()
    if (element === null) return
    this.#endStage()
    const { sound } = plan
    const stage = openStage({
      ...subtitles,
      mediaUrl: new URL(film.mediaUrl, location.href).href,
      plan,
      durationSeconds: durationSeconds ?? film.durationSeconds ?? 0,
      startSeconds: positionSeconds(),
      video: element,
      fetchSound: (from, signal) =>
        server.sound(
          film.streamId,
          sound.kind === 'transcode'
            ? { track: sound.track, from, type: sound.type }
            : { track: 0, from, type: '' },
          signal,
        ),
      onFailed: (why) => {
        if (this.#stage !== stage) return
        if (why !== 'sound') onBroken(why)
        else this.missing('sound')
      },
    })
    this.#stage = stage
    const soundAt = sound.kind === 'none' ? 0 : sound.track
    this.#change({ ...known, soundAt, way: { kind: 'playing', url: stage.url, sound } })
  }

  #elsewhere(
    why: FilmObstacle,
    helps: readonly ('player' | 'release' | 'ffmpeg')[],
    players: FilmWay['players'],
  ): void {
    this.#endStage()
    this.#change({ way: { kind: 'elsewhere', why, helps, players, player: null } })
    this.#options.onBroken('format')
  }

  #endStage(): void {
    this.#stage?.close()
    this.#stage = null
  }

  #change(part: Partial<FilmWaysState>): void {
    this.#state = { ...this.#state, ...part }
    this.#changed()
  }

  #changed(): void {
    this.#listeners.tell()
  }
}

function direct(film: Film): FilmWayState {
  return { kind: 'playing', url: film.mediaUrl, sound: null }
}
