import { canonicalIp, concatBytes, messageOf, type Log, type SocketAddress } from '@matinee/base'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { drained } from './drained.ts'
import { targetFault } from './guards/target-guard.ts'
import { HTTP_LIMITS, type HttpLimits } from './http-limits.ts'

/** The loopback addresses that are tried, in this order; the viewer's pages and API are on nothing else, ever (L1). */
const LOOPBACK_HOSTS = ['127.0.0.1', '::1'] as const

/** How a socket listens and who answers. */
export interface HttpListenerOptions {
  /** Addresses of this computer that are tried, in this order. Default: loopback. */
  readonly hosts?: readonly string[]
  /** Tried in this order until one is free; 0 = any free one. */
  readonly ports: readonly number[]
  /** Answers one request from an address. Its signal fires as soon as the client is gone. Mustn't throw. */
  readonly handle: (request: Request, peer: string) => Promise<Response>
  readonly log: Log
  readonly limits?: Partial<HttpLimits>
  /** Whether an address may connect at all; who mayn't is closed unheard. Default: everybody who reaches us. */
  readonly mayConnect?: (host: string) => boolean
  /** Whether a request, told by its target and its headers, may bring a whole file. Default: none may. */
  readonly mayBringFile?: (target: string, headers: IncomingHttpHeaders) => boolean
}

/** A listening socket. */
export interface HttpListener {
  readonly address: SocketAddress
  /** Ends every connection. */
  close(): Promise<void>
}

/** Every port that might have been ours is taken. */
export class PortsTakenError extends Error {
  override readonly name = 'PortsTakenError'
  readonly code = 'ports-taken'
}

/**
 * The product's only listening HTTP socket: on loopback, but for whoever gives a folder out to everybody, for a screen
 * that fetches its film, and for a phone that works the player. This file stands between node:http and the
 * routes, which see `Request` and `Response` only.
 *
 * Throws {@link PortsTakenError} when no port of `ports` is free.
 */
export async function listenHttp(options: HttpListenerOptions): Promise<HttpListener> {
  const limits = { ...HTTP_LIMITS, ...options.limits }
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    connectionsCheckingInterval: limits.checkEveryMs,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
  })
  server.maxConnections = limits.connections
  const { mayConnect } = options
  if (mayConnect !== undefined)
    server.on('connection', (socket) => {
      const host = hostOf(socket.remoteAddress)
      if (host === null || !mayConnect(host)) socket.destroy()
    })
  server.on('clientError', refuseClient)
  server.on('request', (incoming, outgoing) => {
    answer(incoming, outgoing, options, limits).catch((error: unknown) => {
      // W7: nothing that a client sends may become an unhandled rejection.
      options.log.error('answer failed', { reason: messageOf(error) })
      outgoing.destroy()
    })
  })
  const address = await bind(server, options.hosts ?? LOOPBACK_HOSTS, options.ports)
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bind(
  server: Server,
  hosts: readonly string[],
  ports: readonly number[],
): Promise<SocketAddress> {
  for (const host of hosts) {
    for (const port of ports) {
      const outcome = await tryListen(server, host, port)
      if (outcome === 'listening') {
        const bound = server.address() as AddressInfo
        return { host: bound.address, port: bound.port }
      }
      if (outcome === 'no-such-address') break
      if (port === ports.at(-1))
        throw new PortsTakenError(`no free port on ${host} among ${ports.join(', ')}`)
    }
  }
  throw new PortsTakenError(`this computer has no address ${hosts.join(' or ')}`)
}

function tryListen(
  server: Server,
  host: string,
  port: number,
): Promise<'listening' | 'taken' | 'no-such-address'> {
  return new Promise((resolve, reject) => {
    const settle = (error?: NodeJS.ErrnoException): void => {
      server.off('error', settle)
      server.off('listening', settle)
      if (error === undefined) resolve('listening')
      else if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve('taken')
      else if (error.code === 'EADDRNOTAVAIL') resolve('no-such-address')
      else reject(error)
    }
    server.once('error', settle)
    server.once('listening', settle)
    server.listen({ host, port, exclusive: true })
  })
}

/** What node:http couldn't read as a request (W7), or what came too slowly (W8). */
function refuseClient(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const line =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request'
  socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: HttpListenerOptions,
  limits: HttpLimits,
): Promise<void> {
  outgoing.on('error', () => outgoing.destroy())
  const method = incoming.method ?? ''
  const target = incoming.url ?? ''
  const fault = targetFault(method, target, limits.targetCharacters)
  if (fault !== null) return refuse(outgoing, fault)
  // W8: before a session is known, nobody makes us keep more than a form.
  const isFile = options.mayBringFile?.(target, incoming.headers) ?? false
  const body = await readBody(incoming, isFile ? limits.fileBytes : limits.bodyBytes)
  if (body === 'too-large') return refuse(outgoing, 413)
  if (body === 'broken') return void outgoing.destroy()

  const gone = new AbortController()
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) gone.abort(new Error('the client is gone'))
  })
  const headers = new Headers()
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2)
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '')
  // Never built from Host or from an absolute target: those are the client's word (W1).
  const request = new Request(`http://127.0.0.1${target}`, {
    method,
    headers,
    signal: gone.signal,
    ...(body.length > 0 && method !== 'GET' && method !== 'HEAD' ? { body } : {}),
  })
  const peer = hostOf(incoming.socket.remoteAddress) ?? ''
  await send(await options.handle(request, peer), method, outgoing, limits.stallMs)
}

/** An address as the system says it, in the one form that it's compared in. */
function hostOf(remoteAddress: string | undefined): string | null {
  return canonicalIp(remoteAddress?.replace(/%.*$/u, '') ?? '')
}

/** Ends the exchange and the connection: what follows on it isn't worth reading. */
function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { connection: 'close', 'content-length': 0 }).end()
}

function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | 'too-large' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let length = 0
    incoming.on('data', (chunk: Uint8Array) => {
      length += chunk.length
      if (length <= maxBytes) {
        chunks.push(chunk)
        return
      }
      incoming.pause()
      resolve('too-large')
    })
    incoming.once('end', () => resolve(new Uint8Array(concatBytes(chunks))))
    incoming.once('error', () => resolve('broken'))
    incoming.once('close', () => resolve('broken'))
  })
}

async function send(
  response: Response,
  method: string,
  outgoing: ServerResponse,
  stallMs: number,
): Promise<void> {
  if (outgoing.destroyed) {
    await response.body?.cancel()
    return
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null || method === 'HEAD') {
    await response.body?.cancel()
    outgoing.end()
    return
  }
  const reader = response.body.getReader()
  // A read that waits for the swarm ends with the client.
  outgoing.once('close', () => void reader.cancel().catch(() => undefined))
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (outgoing.destroyed) return
      if (done) return void outgoing.end()
      if (!outgoing.write(value) && !(await drained(outgoing, stallMs))) return
    }
  } catch {
    // Headers have gone out, so the only way to say "this isn't the whole" is to break the connection.
    outgoing.destroy()
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
