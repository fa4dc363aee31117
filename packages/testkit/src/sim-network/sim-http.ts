import { NetworkError, SECOND_MS } from '@matinee/base'
import type { ByteStream, HttpRequest, HttpResponse, LearnedFrom } from '@matinee/base'
import { HttpConversation } from './http-conversation.ts'
import { dialFrom } from './sim-dialer.ts'
import type { SimHost } from './sim-host.ts'
import type { SimNetwork } from './sim-network.ts'
import { resolveName } from './sim-resolver.ts'

const DEFAULT_TIMEOUT_MS = 30 * SECOND_MS
const MAX_REDIRECTS = 5
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

/**
 * GET over the simulated network: name, policy, connection, head, redirects, body. `https` costs one more
 * round trip and is otherwise the same; nothing is compressed.
 */
export async function getOverHttp(
  sim: SimNetwork,
  host: SimHost,
  request: HttpRequest,
): Promise<HttpResponse> {
  const timeout = new AbortController()
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const timer = sim.clock.setTimer(timeoutMs, () => {
    timeout.abort(
      new NetworkError('timeout', `no whole answer from ${request.url} in ${timeoutMs} ms`),
    )
  })
  const signal =
    request.signal === undefined
      ? timeout.signal
      : AbortSignal.any([request.signal, timeout.signal])
  try {
    signal.throwIfAborted()
    let url = parseUrl(request.url)
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const learnedFrom = redirects === 0 ? request.learnedFrom : 'redirect'
      const stream = await connect(sim, host, url, learnedFrom, signal)
      const conversation = new HttpConversation(stream, { ...request, url: url.href }, signal, () =>
        timer.cancel(),
      )
      const { status, headers } = await conversation.head()
      const location = headers['location']
      if (!REDIRECTS.includes(status) || location === undefined) {
        return { url: url.href, status, headers, body: conversation.body() }
      }
      stream.destroy()
      url = parseUrl(location, url)
    }
    throw new NetworkError('too-many-redirects', `more than ${MAX_REDIRECTS} from ${request.url}`)
  } catch (error) {
    timer.cancel()
    throw error
  }
}

async function connect(
  sim: SimNetwork,
  host: SimHost,
  url: URL,
  learnedFrom: LearnedFrom,
  signal: AbortSignal,
): Promise<ByteStream> {
  const name = url.hostname.replaceAll(/[[\]]/gu, '')
  const isSecure = url.protocol === 'https:'
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
  const addresses = await resolveName(sim, host, name, signal)
  let failure: unknown = null
  for (const address of addresses) {
    try {
      const stream = await dialFrom(sim, host, { host: address, port }, { learnedFrom, signal })
      sim.record({ kind: 'http', from: host.address, to: url.href, learnedFrom, isRefused: false })
      return stream
    } catch (error) {
      signal.throwIfAborted()
      failure = error
    }
  }
  throw failure instanceof Error ? failure : new NetworkError('unreachable', url.href)
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new NetworkError('policy', `not a URL for HTTP: ${text}`)
  }
  return url
}
