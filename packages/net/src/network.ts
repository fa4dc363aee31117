import { SILENT_LOG } from '@matinee/base'
import type {
  Clock,
  Datagrams,
  Dialer,
  Http,
  Listener,
  Log,
  Network,
  Resolver,
} from '@matinee/base'
import { UdpDatagrams } from './datagrams.ts'
import { EgressHttp } from './http/http.ts'
import { OpenList, type OpenEntry } from './open-list.ts'
import { SystemResolver } from './resolver.ts'
import { TcpDialer } from './tcp/dialer.ts'
import { TcpListener } from './tcp/listener.ts'

/** What the egress needs of its surroundings. */
export interface NetworkOptions {
  readonly clock: Clock
  /** Default silent. */
  readonly log?: Log
  /** Lets everybody name loopback addresses: the testers' switch. Default false. */
  readonly allowLocal?: boolean
  /** For tests: asked in place of the system's. Its answers are checked and pinned all the same. */
  readonly resolver?: Resolver
}

/** The product's one way to a network, with the list of what is open and the switch that ends it. */
export interface EgressNetwork extends Network, AsyncDisposable {
  /** Everything open at this moment, oldest first. */
  openNow(): readonly OpenEntry[]
  /**
   * Closes everything and refuses everything from now on with {@link NetworkError} `closed`. Resolves
   * when all of it is closed. Look-ups are the exception: the system can't be told to stop one.
   *
   * @param reason for the messages of what is refused
   */
  closeAll(reason: string): Promise<void>
}

/** Opens the egress. Dispose it, or call `closeAll`, or sockets stay open. */
export function createNetwork(options: NetworkOptions): EgressNetwork {
  const { clock, log = SILENT_LOG } = options
  const policy = { allowLocal: options.allowLocal ?? false }
  const list = new OpenList(clock)
  const resolver = options.resolver ?? new SystemResolver(list, clock)
  const dialer: Dialer = new TcpDialer(list, clock, log, policy)
  const listener: Listener = new TcpListener(list, clock, log)
  const datagrams: Datagrams = new UdpDatagrams(list, log, policy)
  const http: Http = new EgressHttp({ list, clock, log, policy, resolver })
  return {
    dialer,
    listener,
    datagrams,
    resolver,
    http,
    openNow: () => list.now(),
    closeAll: (reason) => list.closeAll(reason),
    [Symbol.asyncDispose]: () => list.closeAll('it was disposed'),
  }
}
