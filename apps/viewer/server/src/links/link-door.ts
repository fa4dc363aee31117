import { SECOND_MS, TurnQueue, messageOf, type Clock, type Log, type Network } from '@matinee/base'
import { LinkListener, type LinkListenerParts } from './link-listener.ts'
import type { LinkPlaces } from './link-places.ts'

const ADDRESSES_MS = 20 * SECOND_MS

/** What a door needs. */
export interface LinkDoorParts extends Pick<LinkListenerParts, 'ring' | 'onOther'> {
  readonly network: () => Promise<Network>
  readonly clock: Clock
  readonly log: Log
  readonly places: LinkPlaces
}

/** The listener for linked computers: there while there is somebody to listen to, on the addresses of the moment. */
export class LinkDoor implements AsyncDisposable {
  readonly #parts: LinkDoorParts
  #listener: LinkListener | null = null
  #lookedMs = 0
  #isOver = false
  /** One opens or closes it at a time. */
  readonly #turns = new TurnQueue()

  constructor(parts: LinkDoorParts) {
    this.#parts = parts
  }

  get port(): number {
    return this.#listener?.port ?? 0
  }

  get hosts(): readonly string[] {
    return this.#listener?.hosts ?? []
  }

  /** Opens or closes it, whichever is right now. */
  review(): Promise<void> {
    return this.#turns.run(() => this.#reviewNow())
  }

  /** The same now and then: a computer goes from network to network. */
  async reviewSometimes(): Promise<void> {
    if (this.#parts.clock.nowMs() - this.#lookedMs >= ADDRESSES_MS) await this.review()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    await this.review()
  }

  async #reviewNow(): Promise<void> {
    const { network, places, ring, clock, log } = this.#parts
    const hosts = this.#isOver || ring().length === 0 ? [] : places.hosts()
    this.#lookedMs = clock.nowMs()
    if (hosts.join(' ') === this.hosts.join(' ')) return
    const before = this.#listener
    this.#listener = null
    await before?.[Symbol.asyncDispose]()
    if (hosts.length === 0) return
    try {
      this.#listener = await LinkListener.open({ ...this.#parts, network: await network(), hosts })
    } catch (error) {
      log.warn('linked computers not listened to', { reason: messageOf(error) })
    }
  }
}
