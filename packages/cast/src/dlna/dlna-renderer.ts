import { assert, type Network } from '@matinee/base'
import { CastError } from '../cast-error.ts'
import type { CastFilm, FoundScreen, RendererServices, Screen, ScreenStatus } from '../screen.ts'
import { clockText, parseClockText } from './clock-text.ts'
import { didlOf } from './didl.ts'
import { callAction, type SoapAnswer, type SoapService } from './soap.ts'

const TRANSPORT = 'urn:schemas-upnp-org:service:AVTransport:1'
const RENDERING = 'urn:schemas-upnp-org:service:RenderingControl:1'

/** A DLNA renderer that is told what to do; nothing is sent before the first act. */
export function openDlnaRenderer(
  { address, services }: FoundScreen,
  network: Pick<Network, 'http'>,
): Screen {
  assert(services !== null, 'a renderer was found with its services')
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  return new DlnaRenderer(network, `http://${host}:${address.port}`, services)
}

class DlnaRenderer implements Screen {
  readonly #network: Pick<Network, 'http'>
  readonly #transport: SoapService
  readonly #rendering: SoapService | null
  /** A renderer stops at the end as it stops when it's told to; this far it had played. */
  #positionSeconds = 0
  #durationSeconds: number | null = null
  #hasPlayed = false

  constructor(network: Pick<Network, 'http'>, origin: string, services: RendererServices) {
    this.#network = network
    this.#transport = { url: origin + services.transportPath, type: TRANSPORT }
    const { volumePath } = services
    this.#rendering = volumePath === null ? null : { url: origin + volumePath, type: RENDERING }
  }

  async load(film: CastFilm, startSeconds: number): Promise<void> {
    // What runs there is ended first: some sets take no other film while one plays. One that has none refuses.
    await this.#act('Stop').catch(forgiveRefusal)
    await this.#act('SetAVTransportURI', {
      CurrentURI: film.url,
      CurrentURIMetaData: didlOf(film),
    }).catch((error: unknown) => {
      if (error instanceof CastError && error.code === 'refused')
        throw new CastError('film', 'the renderer does not take this film', { cause: error })
      throw error
    })
    this.#positionSeconds = startSeconds
    this.#durationSeconds = film.durationSeconds
    this.#hasPlayed = false
    await this.play()
    if (startSeconds >= 1) await this.seek(startSeconds).catch(forgiveRefusal)
  }

  async play(): Promise<void> {
    await this.#act('Play', { Speed: '1' })
  }

  async pause(): Promise<void> {
    await this.#act('Pause')
  }

  async seek(seconds: number): Promise<void> {
    // Whole seconds: many sets read no fraction.
    const target = clockText(Math.floor(seconds)).replace(/\.\d+$/u, '')
    await this.#act('Seek', { Unit: 'REL_TIME', Target: target })
    this.#positionSeconds = seconds
  }

  async setVolume(volume: number, isMuted: boolean): Promise<void> {
    await this.#render('SetVolume', { DesiredVolume: String(Math.round(volume * 100)) })
    await this.#render('SetMute', { DesiredMute: isMuted ? '1' : '0' })
  }

  async stop(): Promise<void> {
    await this.#act('Stop')
  }

  async status(): Promise<ScreenStatus> {
    const state = (await this.#act('GetTransportInfo'))('CurrentTransportState')
    const place = await this.#act('GetPositionInfo')
    const loudness = await this.#loudness()
    const phase = this.#phaseOf(state)
    if (phase === 'playing' || phase === 'paused') {
      this.#hasPlayed = true
      this.#positionSeconds = parseClockText(place('RelTime')) ?? this.#positionSeconds
      const duration = parseClockText(place('TrackDuration'))
      if (duration !== null && duration > 0) this.#durationSeconds = duration
    }
    return {
      phase,
      positionSeconds: this.#positionSeconds,
      durationSeconds: this.#durationSeconds,
      ...loudness,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Each act was a connection of its own.
  }

  #phaseOf(state: string): ScreenStatus['phase'] {
    switch (state) {
      case 'PLAYING':
        return 'playing'
      case 'PAUSED_PLAYBACK':
        return 'paused'
      case 'STOPPED':
      case 'NO_MEDIA_PRESENT': {
        // Between being given a film and showing it, a renderer is still stopped.
        if (!this.#hasPlayed) return 'buffering'
        const left = (this.#durationSeconds ?? Infinity) - this.#positionSeconds
        return left < END_SECONDS ? 'ended' : 'stopped'
      }
      default:
        return 'buffering'
    }
  }

  async #loudness(): Promise<Pick<ScreenStatus, 'volume' | 'isMuted'>> {
    try {
      const volume = Number((await this.#render('GetVolume'))('CurrentVolume'))
      const muted = (await this.#render('GetMute'))('CurrentMute')
      const isVolume = volume >= 0 && volume <= 100
      return { volume: isVolume ? volume / 100 : null, isMuted: /^(?:1|true)$/iu.test(muted) }
    } catch (error) {
      forgiveRefusal(error)
      return { volume: null, isMuted: false }
    }
  }

  #act(action: string, values: Readonly<Record<string, string>> = {}): Promise<SoapAnswer> {
    return callAction(this.#network, this.#transport, action, values)
  }

  #render(action: string, values: Readonly<Record<string, string>> = {}): Promise<SoapAnswer> {
    if (this.#rendering === null)
      return Promise.reject(new CastError('refused', 'its loudness is its own'))
    return callAction(this.#network, this.#rendering, action, { Channel: 'Master', ...values })
  }
}

/** So near its end a film that has stopped is over: positions are told in whole seconds. */
const END_SECONDS = 3

/** A refusal changes nothing here; everything else is thrown on. */
function forgiveRefusal(error: unknown): void {
  if (!(error instanceof CastError && error.code === 'refused')) throw error
}
