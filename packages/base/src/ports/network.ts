import type { LearnedFrom, SocketAddress } from '../address.ts'
import type { ByteStream } from './stream.ts'

/** Why the network refused; `code` is stable. `policy` means that we didn't even try. */
export type NetworkErrorCode =
  | 'policy'
  | 'timeout'
  | 'unreachable'
  | 'closed'
  | 'name-not-found'
  | 'address-in-use'
  | 'too-large'
  | 'too-many-redirects'
  | 'bad-answer'

/** The world (or our own policy) refused a network act. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly code: NetworkErrorCode
  constructor(code: NetworkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Whose word the address is, and how long to try. */
export interface DialOptions {
  readonly learnedFrom: LearnedFrom
  /** It answered us in its protocol before: no stranger's victim, so it may be tried as often as is needed. */
  readonly hasAnswered?: boolean
  /** Default 8 000. */
  readonly timeoutMs?: number
  /**
   * `device`: TLS with a device of the home network that has made its own certificate. Nobody vouches for it, so it hides
   * nothing from the neighbour: refused (`policy`) for public addresses. Default: plain TCP.
   */
  readonly tls?: 'device'
  readonly signal?: AbortSignal
}

/** Opens outgoing connections. */
export interface Dialer {
  /** Throws {@link NetworkError} (`policy`, `timeout`, `unreachable`, `closed`) or the signal's reason. */
  dial(target: SocketAddress, options: DialOptions): Promise<ByteStream>
}

/** An open listening socket. */
export interface Listening {
  readonly address: SocketAddress
  close(): Promise<void>
}

/** Accepts incoming connections. */
export interface Listener {
  /** `port` 0 = any free one. Throws {@link NetworkError} (`address-in-use`, `closed`). */
  listen(at: SocketAddress, onStream: (stream: ByteStream) => void): Promise<Listening>
}

/** An open datagram socket. */
export interface DatagramSocket {
  readonly address: SocketAddress
  /** Never throws: a datagram that can't be sent, or mayn't, is lost. */
  send(bytes: Uint8Array, to: SocketAddress, learnedFrom: LearnedFrom): void
  close(): Promise<void>
}

/** A group of the home network whose datagrams are heard, too (RFC 1112). */
export interface DatagramGroup {
  readonly host: string
  /** This computer's addresses in the networks where it's joined; one that can't join is left out. */
  readonly via: readonly string[]
}

/** Opens datagram sockets. */
export interface Datagrams {
  /** `onMessage`'s bytes are valid during the call only. With a `group` the port may be somebody else's besides. */
  bind(
    at: SocketAddress,
    onMessage: (bytes: Uint8Array, from: SocketAddress) => void,
    group?: DatagramGroup,
  ): Promise<DatagramSocket>
}

/** Turns names into addresses. */
export interface Resolver {
  /** Canonical IP addresses, at least one, IPv6 and IPv4 mixed. An IP literal answers itself. Throws {@link NetworkError} `name-not-found`. */
  resolve(host: string, signal?: AbortSignal): Promise<readonly string[]>
}

/** What is sent with a POST. */
export interface HttpPost {
  /** The header `content-type`. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** One GET or POST, with the caps that hold for its answer. */
export interface HttpRequest {
  readonly url: string
  readonly learnedFrom: LearnedFrom
  /** What it is for: a `tracker` outside the public Internet must have a tracker's path. Default `other`. */
  readonly purpose?: 'tracker' | 'web-seed' | 'other'
  readonly headers?: Readonly<Record<string, string>>
  /** Makes it a POST. Default: a GET. */
  readonly post?: HttpPost
  /** `refuse`: who answers with a redirect has not answered (`bad-answer`). Of a POST always. Default `follow`. */
  readonly redirects?: 'follow' | 'refuse'
  /** Cap on the body after decompression; more throws `too-large`. */
  readonly maxBytes: number
  /** From the call to the last byte of the body. Default 30 000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** The answer after all redirects. */
export interface HttpResponse {
  /** Who answered: the request's URL, or where redirects led. */
  readonly url: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Decompressed. Throws {@link NetworkError} while iterating; leaving the loop closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/** GET and POST over HTTP and HTTPS. At most 5 redirects, each hop resolved, checked and pinned anew. */
export interface Http {
  get(request: HttpRequest): Promise<HttpResponse>
}

/** Everything the product may do on a network, from one egress. */
export interface Network {
  readonly dialer: Dialer
  readonly listener: Listener
  readonly datagrams: Datagrams
  readonly resolver: Resolver
  readonly http: Http
}
