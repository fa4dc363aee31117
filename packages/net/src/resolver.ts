import { lookup } from 'node:dns/promises'
import {
  canonicalIp,
  messageOf,
  NetworkError,
  SECOND_MS,
  type Clock,
  type Resolver,
} from '@matinee/base'
import type { OpenList } from './open-list.ts'

/** A question to the system's resolver: all addresses of a name, in text. Rejects when there is none. */
export type Lookup = (name: string) => Promise<readonly string[]>

/** A resolver that hasn't answered by then won't be of use. */
const LOOKUP_TIMEOUT_MS = 10 * SECOND_MS
/**
 * How long an answer serves, a failure included. Long enough that the many ranges of one web seed cost
 * one look-up; every answer is checked and pinned at each use, so it being old is harmless.
 */
const ANSWER_LIFE_MS = 30 * SECOND_MS
const MAX_ANSWERS = 256
/** A name in the DNS (RFC 1035 §2.3.4). */
const MAX_NAME_CHARACTERS = 253

interface Answer {
  readonly untilMs: number
  readonly addresses: Promise<readonly string[]>
}

/**
 * The system's resolver, which knows the hosts file and the user's VPN. Addresses answer themselves.
 * Who asks for one name at one time shares the answer: the system looks up only a few names at once,
 * and a torrent may bring two hundred trackers.
 */
export class SystemResolver implements Resolver {
  readonly #list: OpenList
  readonly #clock: Clock
  readonly #lookup: Lookup
  readonly #answers = new Map<string, Answer>()

  constructor(list: OpenList, clock: Clock, ask: Lookup = systemLookup) {
    this.#list = list
    this.#clock = clock
    this.#lookup = ask
  }

  async resolve(host: string, signal?: AbortSignal): Promise<readonly string[]> {
    this.#list.assertOpen()
    signal?.throwIfAborted()
    const literal = canonicalIp(host)
    if (literal !== null) return [literal]
    const name = host.toLowerCase()
    if (!/^[a-z0-9._-]+$/u.test(name) || name.length > MAX_NAME_CHARACTERS) {
      throw new NetworkError('name-not-found', 'not a name that can be looked up')
    }
    return this.#orStopped(this.#ask(name), name, signal)
  }

  #ask(name: string): Promise<readonly string[]> {
    const nowMs = this.#clock.nowMs()
    const known = this.#answers.get(name)
    if (known !== undefined && known.untilMs > nowMs) return known.addresses
    const addresses = this.#lookUp(name)
    // Its failure is told to whoever waits for it; when they all left, to nobody.
    addresses.catch(() => undefined)
    this.#answers.delete(name)
    this.#answers.set(name, { untilMs: nowMs + ANSWER_LIFE_MS, addresses })
    const oldest = this.#answers.size > MAX_ANSWERS ? this.#answers.keys().next() : null
    if (oldest?.done === false) this.#answers.delete(oldest.value)
    return addresses
  }

  async #lookUp(name: string): Promise<readonly string[]> {
    // The system can't be told to stop: the entry stays on the list until it answers by itself.
    const entry = this.#list.enter('lookup', null, () => undefined)
    try {
      const found = await this.#lookup(name)
      const addresses = [...new Set(found.map(canonicalIp))].filter((host) => host !== null)
      if (addresses.length === 0) throw new Error('no addresses')
      return addresses
    } catch (cause) {
      throw new NetworkError('name-not-found', `cannot resolve ${name}: ${messageOf(cause)}`, {
        cause,
      })
    } finally {
      entry.gone()
    }
  }

  /** Passes an answer on unless time, the caller or the switch is faster. */
  #orStopped<T>(answer: Promise<T>, name: string, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimer(LOOKUP_TIMEOUT_MS, () =>
        stop(new NetworkError('timeout', `no answer for the name ${name} in time`)),
      )
      const stopping = AbortSignal.any([
        this.#list.signal,
        ...(signal === undefined ? [] : [signal]),
      ])
      const onAbort = (): void => stop(stopping.reason as Error)
      const settle = (): void => {
        timer.cancel()
        stopping.removeEventListener('abort', onAbort)
      }
      const stop = (error: Error): void => {
        settle()
        reject(error)
      }
      stopping.addEventListener('abort', onAbort, { once: true })
      answer.then((value) => {
        settle()
        resolve(value)
      }, stop)
    })
  }
}

async function systemLookup(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true, order: 'verbatim' })
  return found.map(({ address }) => address)
}
