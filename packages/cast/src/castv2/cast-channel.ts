import type { ByteStream, Clock, Timer } from '@matinee/base'
import { CastError } from '../cast-error.ts'
import { CAST_LIMITS } from '../cast-limits.ts'
import { encodeCastMessage, CastMessageReader, type CastMessage } from './cast-message.ts'
import {
  NAMESPACES,
  parseConnection,
  parseHeartbeat,
  parseMedia,
  parseReceiver,
  type MediaAnswer,
  type ReceiverAnswer,
} from './channel-answers.ts'
import { PendingAnswers } from './pending-answers.ts'

/** What is said without having been asked for. */
export interface ChannelEvents {
  onReceiver(answer: ReceiverAnswer): void
  onMedia(answer: MediaAnswer): void
}

/** Who we are to a screen, and who its platform is to us. */
const SENDER = 'sender-0'
const PLATFORM = 'receiver-0'

/**
 * A conversation with a Chromecast: requests find their answers by number, both sides show that they are alive, and what
 * isn't the protocol ends it. After the end everything throws what ended it.
 */
export class CastChannel {
  readonly #stream: ByteStream
  readonly #clock: Clock
  readonly #events: ChannelEvents
  readonly #reader = new CastMessageReader()
  readonly #ofReceiver: PendingAnswers<ReceiverAnswer>
  readonly #ofMedia: PendingAnswers<MediaAnswer>
  #requestId = 0
  #heardMs: number
  #pinging: Timer | null = null
  #over: CastError | null = null
  /** The running program's address; its hanging up isn't ours. */
  #transportId: string | null = null

  constructor(stream: ByteStream, clock: Clock, events: ChannelEvents) {
    this.#stream = stream
    this.#clock = clock
    this.#events = events
    this.#heardMs = clock.nowMs()
    this.#ofReceiver = new PendingAnswers(clock)
    this.#ofMedia = new PendingAnswers(clock)
    stream.start({
      onBytes: (bytes) => this.#onBytes(bytes),
      onDrain: () => undefined,
      onEnd: () => this.#end(new CastError('away', 'the screen closed the connection')),
      onFailure: (cause) => this.#end(new CastError('away', 'the connection broke', { cause })),
    })
    this.#say(PLATFORM, NAMESPACES.connection, { type: 'CONNECT' })
    this.#ping()
  }

  /** Asks the platform. Throws {@link CastError}. */
  async receiver(
    type: string,
    more: object = {},
    waitMs: number = CAST_LIMITS.answerMs,
  ): Promise<ReceiverAnswer & { readonly kind: 'status' }> {
    const requestId = this.#ask(PLATFORM, NAMESPACES.receiver, { type, ...more })
    return accepted(await this.#ofReceiver.wait(requestId, waitMs))
  }

  /** Begins to talk with the program that runs. */
  attach(transportId: string): void {
    this.#transportId = transportId
    this.#say(transportId, NAMESPACES.connection, { type: 'CONNECT' })
  }

  /** Asks the program that was attached. Throws {@link CastError}. */
  async media(
    type: string,
    more: object = {},
    waitMs: number = CAST_LIMITS.answerMs,
  ): Promise<MediaAnswer & { readonly kind: 'status' }> {
    const to = this.#transportId
    if (to === null) throw new CastError('refused', 'no program runs on the screen')
    const requestId = this.#ask(to, NAMESPACES.media, { type, ...more })
    return accepted(await this.#ofMedia.wait(requestId, waitMs))
  }

  /** Hangs up. */
  close(): void {
    if (this.#over !== null) return
    this.#say(PLATFORM, NAMESPACES.connection, { type: 'CLOSE' })
    this.#end(new CastError('away', 'we hung up'), 'politely')
  }

  #ask(to: string, namespace: string, request: object): number {
    this.#throwIfOver()
    const requestId = ++this.#requestId
    this.#say(to, namespace, { ...request, requestId })
    this.#throwIfOver()
    return requestId
  }

  #throwIfOver(): void {
    if (this.#over !== null) throw this.#over
  }

  #onBytes(bytes: Uint8Array): void {
    if (this.#over !== null) return
    this.#heardMs = this.#clock.nowMs()
    try {
      for (const message of this.#reader.read(bytes)) this.#onMessage(message)
    } catch (error) {
      if (!(error instanceof CastError)) throw error
      this.#end(error)
    }
  }

  #onMessage({ source, namespace, payload }: CastMessage): void {
    if (payload === null || this.#over !== null) return
    switch (namespace) {
      case NAMESPACES.heartbeat:
        if (parseHeartbeat(payload) === 'ping')
          this.#say(source, NAMESPACES.heartbeat, { type: 'PONG' })
        return
      case NAMESPACES.connection:
        if (parseConnection(payload) === 'close' && source === PLATFORM)
          this.#end(new CastError('away', 'the screen hung up'))
        return
      case NAMESPACES.receiver: {
        const answer = source === PLATFORM ? parseReceiver(payload) : null
        if (answer === null) return
        this.#events.onReceiver(answer)
        this.#ofReceiver.settle(answer)
        return
      }
      case NAMESPACES.media: {
        const answer = source === this.#transportId ? parseMedia(payload) : null
        if (answer === null) return
        this.#events.onMedia(answer)
        this.#ofMedia.settle(answer)
        return
      }
      default:
    }
  }

  #ping(): void {
    this.#pinging = this.#clock.setTimer(CAST_LIMITS.pingEveryMs, () => {
      if (this.#clock.nowMs() - this.#heardMs >= CAST_LIMITS.silenceMs) {
        this.#end(new CastError('away', 'the screen has said nothing for a while'))
        return
      }
      this.#say(PLATFORM, NAMESPACES.heartbeat, { type: 'PING' })
      if (this.#over === null) this.#ping()
    })
  }

  #say(destination: string, namespace: string, payload: object): void {
    // L3: pings without end from a screen that takes no answer would fill the memory.
    if (this.#stream.bufferedBytes > CAST_LIMITS.unsentBytes) {
      this.#end(new CastError('away', 'the screen takes nothing that is said to it'))
      return
    }
    const message = { source: SENDER, destination, namespace, payload: JSON.stringify(payload) }
    this.#stream.write([encodeCastMessage(message)])
  }

  #end(error: CastError, how?: 'politely'): void {
    if (this.#over !== null) return
    this.#over = error
    this.#pinging?.cancel()
    if (how === 'politely') this.#stream.close()
    else this.#stream.destroy()
    this.#ofReceiver.end(error)
    this.#ofMedia.end(error)
  }
}

/** What isn't an answer but a refusal is thrown. */
function accepted<Answer extends { readonly kind: string }>(
  answer: Answer | { readonly kind: 'refused'; readonly reason: string },
): Answer & { readonly kind: 'status' } {
  if (isStatus(answer)) return answer
  throw new CastError('refused', `refused: ${'reason' in answer ? String(answer.reason) : ''}`)
}

function isStatus<Answer extends { readonly kind: string }>(
  answer: Answer,
): answer is Answer & { readonly kind: 'status' } {
  return answer.kind === 'status'
}
