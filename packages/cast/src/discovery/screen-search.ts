import {
  addressKey,
  messageOf,
  type Clock,
  type DatagramSocket,
  type Log,
  type Network,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import { CAST_LIMITS } from '../cast-limits.ts'
import { parseRendererDescription } from '../dlna/renderer-description.ts'
import { textOf } from '../dlna/soap.ts'
import type { FoundScreen } from '../screen.ts'
import { screenText } from '../screen-text.ts'
import { mdnsQuestion, parseMdnsAnswer } from './mdns.ts'
import { parseSsdpAnswer, ssdpQuestion } from './ssdp.ts'

/** Where questions are sent: the groups of the standards, or for tests an address that stands for them. */
export interface DiscoveryPlaces {
  readonly mdns: SocketAddress
  readonly ssdp: SocketAddress
}

/** The groups of mDNS (RFC 6762) and SSDP. */
export const DISCOVERY: DiscoveryPlaces = {
  mdns: { host: '224.0.0.251', port: 5353 },
  ssdp: { host: '239.255.255.250', port: 1900 },
}

/** What a search needs. */
export interface ScreenSearchOptions {
  readonly network: Pick<Network, 'datagrams' | 'http'>
  readonly clock: Clock
  readonly log: Log
  /** This computer's own addresses (IPv4) in the home network; asked from each. */
  readonly hosts: readonly string[]
  /** Default {@link DISCOVERY}. */
  readonly places?: DiscoveryPlaces
  /** Whether an address may be a screen's: private ones in the product. */
  readonly mayBeScreen: (host: string) => boolean
}

/** Questions get lost; afterwards now and then, for a set that is switched on meanwhile. */
const ROUNDS_MS = [0, 1000, 2000, 5000, 10_000]
/** A screen that hasn't answered for so long is gone. */
const FORGET_MS = 45_000

/** Looks for screens until it's disposed. Nothing is sent or heard before {@link open}, or afterwards (T8). */
export class ScreenSearch implements AsyncDisposable {
  readonly #options: ScreenSearchOptions
  readonly #found = new Map<string, { readonly screen: FoundScreen; readonly seenMs: number }>()
  readonly #over = new AbortController()
  readonly #timers = new Set<Timer>()
  #sockets: DatagramSocket[] = []
  readonly #answers = new Map<string, number>()
  #answerCount = 0
  readonly #asking = new Set<string>()

  constructor(options: ScreenSearchOptions) {
    this.#options = options
  }

  /** Those that were found so far, by name. */
  get screens(): readonly FoundScreen[] {
    this.#forget()
    return [...this.#found.values()]
      .map(({ screen }) => screen)
      .toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
  }

  /** Asks, and goes on asking. A network that can't be asked is left out, and said in the log. */
  async open(): Promise<void> {
    const { hosts, network, log, places = DISCOVERY } = this.#options
    for (const host of hosts) {
      for (const kind of ['mdns', 'ssdp'] as const) {
        try {
          const socket = await network.datagrams.bind({ host, port: 0 }, (bytes, from) =>
            this.#onAnswer(kind, bytes, from),
          )
          if (this.#over.signal.aborted) return await socket.close()
          this.#sockets.push(socket)
          this.#askRound(socket, kind, places, 0)
        } catch (error) {
          log.warn('screens not asked for', { kind, reason: messageOf(error) })
        }
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    for (const timer of this.#timers) timer.cancel()
    await Promise.all(this.#sockets.map((socket) => socket.close()))
    this.#sockets = []
  }

  #askRound(
    socket: DatagramSocket,
    kind: 'mdns' | 'ssdp',
    places: DiscoveryPlaces,
    round: number,
  ): void {
    if (this.#over.signal.aborted) return
    this.#answers.clear()
    this.#answerCount = 0
    socket.send(kind === 'mdns' ? mdnsQuestion() : ssdpQuestion(), places[kind], 'own')
    const waitMs = ROUNDS_MS[Math.min(round + 1, ROUNDS_MS.length - 1)] ?? 0
    const timer = this.#options.clock.setTimer(waitMs, () => {
      this.#timers.delete(timer)
      this.#askRound(socket, kind, places, round + 1)
    })
    this.#timers.add(timer)
  }

  #onAnswer(kind: 'mdns' | 'ssdp', bytes: Uint8Array, from: SocketAddress): void {
    if (this.#over.signal.aborted || !this.#options.mayBeScreen(from.host)) return
    const answers = (this.#answers.get(from.host) ?? 0) + 1
    if (answers > CAST_LIMITS.answersPerAddress) return
    if (++this.#answerCount > CAST_LIMITS.answersPerRound) return
    this.#answers.set(from.host, answers)
    if (kind === 'mdns') {
      const answer = parseMdnsAnswer(bytes)
      if (answer === null) return
      const address = { host: from.host, port: answer.port }
      this.#add('chromecast', address, answer.name, answer.model, null)
      return
    }
    const location = parseSsdpAnswer(bytes, from.host)
    if (location !== null) void this.#describe(location, from.host)
  }

  /** Asks a renderer who it is, unless it's known or being asked. */
  async #describe(location: URL, host: string): Promise<void> {
    const { network, log } = this.#options
    const address = { host, port: location.port === '' ? 80 : Number(location.port) }
    this.#forget()
    const known = this.#found.get(idOf('dlna', address))
    if (known !== undefined) {
      const { name, model, services } = known.screen
      return this.#add('dlna', address, name, model, services)
    }
    const key = addressKey(address)
    if (this.#asking.has(key) || this.#asking.size >= CAST_LIMITS.descriptionsAtOnce) return
    this.#asking.add(key)
    try {
      const { status, body } = await network.http.get({
        url: location.href,
        learnedFrom: 'lan',
        redirects: 'refuse',
        maxBytes: CAST_LIMITS.xmlBytes,
        timeoutMs: CAST_LIMITS.answerMs,
        signal: this.#over.signal,
      })
      const description = parseRendererDescription(await textOf(body), location)
      if (status !== 200 || description === null) return
      const { name, model, services } = description
      this.#add('dlna', address, name, model, services)
    } catch (error) {
      if (!this.#over.signal.aborted)
        log.debug('renderer not described', { reason: messageOf(error) })
    } finally {
      this.#asking.delete(key)
    }
  }

  #add(
    kind: FoundScreen['kind'],
    address: SocketAddress,
    name: string,
    model: string,
    services: FoundScreen['services'],
  ): void {
    if (this.#over.signal.aborted) return
    const id = idOf(kind, address)
    const seenMs = this.#options.clock.nowMs()
    this.#forget()
    if (!this.#found.has(id) && this.#found.size >= CAST_LIMITS.devices) return
    // L3: whatever it calls itself is text, and it's told apart by its address.
    const screen = { id, kind, name: screenText(name), model: screenText(model), address, services }
    this.#found.set(id, { screen, seenMs })
  }

  /** Screens that are gone take no place of others, and say anew who they are when they come back. */
  #forget(): void {
    const sinceMs = this.#options.clock.nowMs() - FORGET_MS
    for (const [id, { seenMs }] of this.#found) if (seenMs < sinceMs) this.#found.delete(id)
  }
}

function idOf(kind: FoundScreen['kind'], address: SocketAddress): string {
  return `${kind} ${addressKey(address)}`
}
