import { request as startRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { KIB, messageOf, NetworkError } from '@matinee/base'
import type { Clock } from '@matinee/base'
import type { OpenList } from '../open-list.ts'
import { openConnection, type Origin } from './connection.ts'
import type { PinnedAgent } from './pinned-agent.ts'

/** Status line and headers of one answer, trailers again as much. Browsers' servers stay below 8 KiB. */
const MAX_HEADER_BYTES = 16 * KIB
/** Answers of status 1xx before the real one. A server could send them for ever. */
const MAX_INFORMATIONAL = 8

/** One question to one origin. */
export interface Exchange {
  readonly origin: Origin
  /** With the query, starting with a slash. */
  readonly path: string
  /** Everything that is sent. */
  readonly headers: Readonly<Record<string, string>>
  readonly agent: PinnedAgent
  /** What a POST sends; `null` = a GET. */
  readonly body: Uint8Array | null
  readonly signal: AbortSignal
}

/**
 * Sends a GET or a POST and gives the answer when its headers are there. Aborting the signal later breaks the
 * body too. Throws {@link NetworkError} or the signal's reason.
 */
export async function exchange(
  question: Exchange,
  list: OpenList,
  clock: Clock,
): Promise<IncomingMessage> {
  const isReuse = question.agent.hasIdle
  try {
    if (!isReuse) await connectFor(question, list, clock)
    return await ask(question)
  } catch (error) {
    question.signal.throwIfAborted()
    // An idle connection may have been closed by the server just now; that says nothing about it.
    if (!(isReuse && error instanceof StaleConnectionError)) throw error
    question.agent.closeIdle()
    await connectFor(question, list, clock)
    return await ask(question)
  }
}

/** A kept connection broke before anything was answered. Never leaves this file. */
class StaleConnectionError extends NetworkError {}

async function connectFor(question: Exchange, list: OpenList, clock: Clock): Promise<void> {
  const { origin, agent, signal } = question
  agent.give(await openConnection(origin, list, clock, signal))
}

function ask(question: Exchange): Promise<IncomingMessage> {
  const { origin, agent, signal } = question
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = startRequest({
      agent,
      protocol: origin.isTls ? 'https:' : 'http:',
      host: origin.host,
      port: origin.port,
      path: question.path,
      method: question.body === null ? 'GET' : 'POST',
      headers: { ...question.headers },
      setHost: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      insecureHTTPParser: false,
    })
    agent.dropGiven()
    const onAbort = (): void => {
      request.destroy(asError(signal.reason))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    let informational = 0
    request.on('information', () => {
      if (++informational <= MAX_INFORMATIONAL) return
      request.destroy(new NetworkError('bad-answer', 'endless informational answers'))
    })
    let received: IncomingMessage | null = null
    request.on('error', (cause) => {
      reject(toFailure(cause, origin, request))
      // The parser's complaint about a body comes here; without this the reader hears "aborted".
      received?.destroy(cause)
    })
    request.once('close', () => {
      signal.removeEventListener('abort', onAbort)
      reject(new NetworkError('bad-answer', `no answer from ${origin.host}`))
    })
    request.once('response', (response) => {
      // Its failures reach whoever reads it; when nobody does, they are of no interest.
      response.on('error', () => undefined)
      received = response
      resolve(response)
    })
    if (question.body === null) request.end()
    else request.end(question.body)
  })
}

/** What broke an exchange, in our words. */
export function toFailure(cause: unknown, origin: Origin, request?: ClientRequest): NetworkError {
  if (cause instanceof NetworkError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const text = `${origin.host}: ${messageOf(cause)}`
  // The HTTP parser's and the decompressor's words for bytes that aren't what they claim to be.
  if (/^(?:HPE_|Z_|ERR_BUFFER|ERR_BROTLI|ERR__ERROR)/u.test(code)) {
    return new NetworkError('bad-answer', text, { cause })
  }
  const isStale = request?.reusedSocket === true && (code === 'ECONNRESET' || code === 'EPIPE')
  return isStale
    ? new StaleConnectionError('closed', text, { cause })
    : new NetworkError('closed', text, { cause })
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(messageOf(reason))
}
