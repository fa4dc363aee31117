import type { Clock, Network } from '@matinee/base'
import { CastError } from '../cast-error.ts'
import { CAST_LIMITS } from '../cast-limits.ts'
import type { CastFilm, FoundScreen, Screen, ScreenStatus } from '../screen.ts'
import { loadRequest } from './load-request.ts'
import { CastChannel } from './cast-channel.ts'
import type { Loudness, MediaAnswer, MediaStatus, ReceiverAnswer } from './channel-answers.ts'

/** The receiver that every Chromecast has: it plays a film and its subtitles, and belongs to nobody. */
export const DEFAULT_RECEIVER = 'CC1AD845'

/** What opening a screen needs. */
export interface ScreenPorts {
  readonly network: Pick<Network, 'dialer' | 'http'>
  readonly clock: Clock
}

/** Connects to a Chromecast and starts the receiver there. Throws {@link CastError}, or the signal's reason. */
export async function openChromecast(
  found: FoundScreen,
  { network, clock }: ScreenPorts,
  signal: AbortSignal,
): Promise<Screen> {
  const stream = await network.dialer
    .dial(found.address, { learnedFrom: 'user', tls: 'device', signal })
    .catch((cause: unknown) => {
      signal.throwIfAborted()
      throw new CastError('away', `no connection to ${found.address.host}`, { cause })
    })
  const screen = new Chromecast((events) => new CastChannel(stream, clock, events))
  try {
    await screen.launch()
    return screen
  } catch (error) {
    await screen[Symbol.asyncDispose]()
    throw error
  }
}

class Chromecast implements Screen {
  readonly #channel: CastChannel
  #sessionId: string | null = null
  #media: MediaStatus | null = null
  /** How the film came to its end; null while it's on. */
  #over: 'ended' | 'stopped' | 'failed' | null = null
  #isLoading = false
  #volume: Loudness = { level: null, isMuted: false }

  constructor(
    open: (events: {
      onReceiver(answer: ReceiverAnswer): void
      onMedia(answer: MediaAnswer): void
    }) => CastChannel,
  ) {
    this.#channel = open({
      onReceiver: (answer) => this.#onReceiver(answer),
      onMedia: (answer) => this.#onMedia(answer),
    })
  }

  /** Starts the receiver, unless it runs. Throws {@link CastError}. */
  async launch(): Promise<void> {
    const before = await this.#channel.receiver('GET_STATUS')
    const { app } =
      before.app?.appId === DEFAULT_RECEIVER
        ? before
        : await this.#channel.receiver('LAUNCH', { appId: DEFAULT_RECEIVER }, CAST_LIMITS.launchMs)
    if (app?.appId !== DEFAULT_RECEIVER)
      throw new CastError('refused', 'the receiver was not started')
    this.#sessionId = app.sessionId
    this.#channel.attach(app.transportId)
  }

  async load(film: CastFilm, startSeconds: number): Promise<void> {
    if (this.#sessionId === null) throw new CastError('taken', 'the receiver is gone')
    this.#isLoading = true
    try {
      const answer = await this.#channel
        .media('LOAD', loadRequest(film, startSeconds, this.#sessionId), CAST_LIMITS.loadMs)
        .catch((error: unknown) => {
          if (error instanceof CastError && error.code === 'refused')
            throw new CastError('film', 'the screen can not play this', { cause: error })
          throw error
        })
      this.#media = answer.media
      this.#over = null
    } finally {
      this.#isLoading = false
    }
  }

  async play(): Promise<void> {
    await this.#tell('PLAY')
  }

  async pause(): Promise<void> {
    await this.#tell('PAUSE')
  }

  async seek(seconds: number): Promise<void> {
    await this.#tell('SEEK', { currentTime: seconds })
  }

  async setVolume(volume: number, isMuted: boolean): Promise<void> {
    if (this.#volume.level !== volume)
      await this.#channel.receiver('SET_VOLUME', { volume: { level: volume } })
    if (this.#volume.isMuted !== isMuted)
      await this.#channel.receiver('SET_VOLUME', { volume: { muted: isMuted } })
  }

  async stop(): Promise<void> {
    const sessionId = this.#sessionId
    if (sessionId === null) return
    this.#sessionId = null
    await this.#channel.receiver('STOP', { sessionId })
  }

  async status(): Promise<ScreenStatus> {
    if (this.#over === null && this.#media !== null)
      await this.#channel.media('GET_STATUS', { mediaSessionId: this.#media.mediaSessionId })
    const media = this.#media
    return {
      phase: this.#over ?? phaseOf(media),
      positionSeconds: media?.positionSeconds ?? 0,
      durationSeconds: media?.durationSeconds ?? null,
      volume: this.#volume.level,
      isMuted: this.#volume.isMuted,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#channel.close()
  }

  async #tell(type: string, more: object = {}): Promise<void> {
    const media = this.#media
    if (media === null || this.#over !== null) throw new CastError('taken', 'no film is on')
    await this.#channel.media(type, { mediaSessionId: media.mediaSessionId, ...more })
  }

  #onReceiver(answer: ReceiverAnswer): void {
    if (answer.kind !== 'status') return
    const { level, isMuted } = answer.volume
    this.#volume = { level: level ?? this.#volume.level, isMuted }
    // Another program is on, or none: somebody took the screen.
    if (this.#sessionId !== null && answer.app?.sessionId !== this.#sessionId) {
      this.#sessionId = null
      this.#over ??= 'stopped'
    }
  }

  #onMedia(answer: MediaAnswer): void {
    // While a film is loaded, what is said is about the one before.
    if (answer.kind !== 'status' || answer.media === null || this.#isLoading) return
    if (answer.media.mediaSessionId !== this.#media?.mediaSessionId) return
    const { media } = answer
    const before = this.#media
    if (media.state === 'IDLE') {
      this.#over ??=
        media.idleReason === 'FINISHED'
          ? 'ended'
          : media.idleReason === 'ERROR'
            ? 'failed'
            : 'stopped'
      return
    }
    this.#media = { ...media, durationSeconds: media.durationSeconds ?? before.durationSeconds }
  }
}

function phaseOf(media: MediaStatus | null): ScreenStatus['phase'] {
  switch (media?.state) {
    case 'PLAYING':
      return 'playing'
    case 'PAUSED':
      return 'paused'
    case 'BUFFERING':
    case 'LOADING':
      return 'buffering'
    case 'IDLE':
    case undefined:
      return 'stopped'
  }
}
