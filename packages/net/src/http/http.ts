import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { assert, LIMITS, NetworkError, SECOND_MS } from '@matinee/base'
import type {
  Clock,
  Http,
  HttpRequest,
  HttpResponse,
  LearnedFrom,
  Log,
  Resolver,
} from '@matinee/base'
import type { OpenList } from '../open-list.ts'
import type { AddressPolicy, Verdict } from '../policy/may-dial.ts'
import { hostOf, mayFetch, mayFetchFrom, portOf } from '../policy/may-fetch.ts'
import { openBody } from './body.ts'
import type { Origin } from './connection.ts'
import { exchange } from './exchange.ts'
import { AgentPool, PinnedAgent } from './pinned-agent.ts'

/** As browsers of the nineties; more is a loop or a maze (T2). */
export const MAX_REDIRECTS = 5
const DEFAULT_TIMEOUT_MS = 30 * SECOND_MS
/** Says what we are and nothing of the machine. */
const USER_AGENT = 'Matinee/0.1'

/** Set by this file alone, or never sent (cookies). */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
])

/** What a redirect to another origin may take along: nothing that speaks of the caller. */
const TRAVELLING_HEADERS: ReadonlySet<string> = new Set(['accept', 'if-range', 'range'])

/** One step on the way to an answer. */
interface Hop {
  readonly url: URL
  readonly learnedFrom: LearnedFrom
  readonly headers: Readonly<Record<string, string>>
}

export interface EgressHttpParts {
  readonly list: OpenList
  readonly clock: Clock
  readonly log: Log
  readonly policy: AddressPolicy
  readonly resolver: Resolver
}

/** GET and POST over HTTP/1.1, every hop checked, resolved once and pinned to the addresses that were checked. */
export class EgressHttp implements Http {
  readonly #parts: EgressHttpParts
  readonly #agents = new AgentPool()

  constructor(parts: EgressHttpParts) {
    this.#parts = parts
  }

  async get(request: HttpRequest): Promise<HttpResponse> {
    const { clock, list } = this.#parts
    list.assertOpen()
    request.signal?.throwIfAborted()
    const deadline = new AbortController()
    const timer = clock.setTimer(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, () =>
      deadline.abort(new NetworkError('timeout', 'no whole answer in time')),
    )
    const signals = [deadline.signal, list.signal]
    const signal = AbortSignal.any(
      request.signal === undefined ? signals : [...signals, request.signal],
    )
    // A joined signal with a listener lives as long as its sources, so the listener must go in the end.
    const onOver = (): void => {
      timer.cancel()
      signal.removeEventListener('abort', onOver)
    }
    // When nobody reads the body, the deadline or the switch ends it.
    signal.addEventListener('abort', onOver, { once: true })
    try {
      const { url, response, origin } = await this.#follow(request, signal)
      const body = openBody(response, {
        origin,
        maxBytes: request.maxBytes,
        signal,
        onOver,
      })
      return {
        url,
        status: response.statusCode ?? 0,
        headers: plainHeaders(response.headers),
        body,
      }
    } catch (error) {
      onOver()
      throw error
    }
  }

  async #follow(
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<{ url: string; response: IncomingMessage; origin: Origin }> {
    let hop: Hop = this.#firstHop(request)
    for (let redirects = 0; ; redirects++) {
      const origin = await this.#resolve(hop, request, signal)
      // A POST isn't sent twice because a kept connection was closed meanwhile.
      const isKept = request.purpose !== 'tracker' && request.post === undefined
      const agent = isKept ? this.#agents.get(origin) : new PinnedAgent(origin, false)
      const headers = sentHeaders(hop, request, isKept)
      const path = hop.url.pathname + hop.url.search
      const body = request.post?.bytes ?? null
      const question = { origin, path, headers, agent, body, signal }
      const response = await exchange(question, this.#parts.list, this.#parts.clock)
      const location = redirectOf(response)
      if (location !== null && (body !== null || request.redirects === 'refuse')) {
        response.destroy()
        throw new NetworkError('bad-answer', 'a redirect where none is followed')
      }
      if (location === null) return { url: hop.url.href, response, origin }
      // Its body is of no use, and reading it to keep the connection could take for ever.
      response.destroy()
      if (redirects === MAX_REDIRECTS) {
        throw new NetworkError('too-many-redirects', `more than ${MAX_REDIRECTS} redirects`)
      }
      hop = this.#nextHop(hop, location, request)
    }
  }

  #firstHop(request: HttpRequest): Hop {
    const { url, learnedFrom } = request
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(request.headers ?? {})) {
      const key = name.toLowerCase()
      assert(!OWN_HEADERS.has(key), `the header ${key} is not the caller's to set`)
      headers[key] = value
    }
    return { url: this.#checked(url, learnedFrom, request), learnedFrom, headers }
  }

  #nextHop(from: Hop, location: string, request: HttpRequest): Hop {
    const url = URL.parse(location, from.url)
    if (url === null) throw new NetworkError('bad-answer', 'a redirect to something that is no URL')
    const isSameOrigin = url.origin === from.url.origin
    // Who sent us elsewhere is a stranger, even when the user named the first host.
    const learnedFrom = isSameOrigin ? from.learnedFrom : 'redirect'
    const travelling = Object.entries(from.headers).filter(([name]) => TRAVELLING_HEADERS.has(name))
    const headers = isSameOrigin ? from.headers : Object.fromEntries(travelling)
    return { url: this.#checked(url.href, learnedFrom, request), learnedFrom, headers }
  }

  #checked(url: string, learnedFrom: LearnedFrom, request: HttpRequest): URL {
    this.#orRefuse(mayFetch(url, learnedFrom, this.#parts.policy, request.purpose), learnedFrom)
    return new URL(url)
  }

  /** Resolves a hop's host and keeps the addresses that may be asked. Throws `policy` when none may. */
  async #resolve(hop: Hop, request: HttpRequest, signal: AbortSignal): Promise<Origin> {
    const { resolver, policy } = this.#parts
    const purpose = request.purpose ?? 'other'
    const host = hostOf(hop.url)
    const addresses = await resolver.resolve(host, signal)
    const verdicts = addresses.map((address) =>
      mayFetchFrom(hop.url, address, hop.learnedFrom, policy, purpose),
    )
    const pinned = addresses.filter((_, at) => verdicts[at]?.kind === 'yes')
    const refused = verdicts.find((verdict) => verdict.kind === 'no')
    if (pinned.length === 0) this.#orRefuse(refused ?? NO_ADDRESS, hop.learnedFrom)
    return { isTls: hop.url.protocol === 'https:', host, port: portOf(hop.url), pinned }
  }

  #orRefuse(verdict: Verdict, learnedFrom: LearnedFrom): void {
    if (verdict.kind === 'yes') return
    this.#parts.log.debug('fetch refused', { reason: verdict.reason, learnedFrom })
    throw new NetworkError('policy', `may not fetch: ${verdict.reason}`)
  }
}

const NO_ADDRESS: Verdict = { kind: 'no', reason: 'invalid' }

function sentHeaders(hop: Hop, request: HttpRequest, isKept: boolean): Record<string, string> {
  // A range of a compressed body is of no use; big bodies are films, which don't compress.
  const isCompressible =
    hop.headers['range'] === undefined && request.maxBytes <= LIMITS.trackerAnswerBytes
  return {
    host: hop.url.host,
    'user-agent': USER_AGENT,
    accept: '*/*',
    ...hop.headers,
    ...(request.post === undefined
      ? {}
      : { 'content-type': request.post.type, 'content-length': String(request.post.bytes.length) }),
    'accept-encoding': isCompressible ? 'gzip' : 'identity',
    connection: isKept ? 'keep-alive' : 'close',
  }
}

function redirectOf(response: IncomingMessage): string | null {
  const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0)
  return isRedirect ? (response.headers.location ?? null) : null
}

/** Without cookies: nothing of ours keeps any. */
function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (typeof value === 'string') out[name] = value
  return out
}
