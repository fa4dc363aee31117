import { addressKey } from '@matinee/base'
import type { Clock, Hash, Network, Random, SocketAddress } from '@matinee/base'
import { HttpTrackerServer } from './http-tracker-server.ts'
import { SwarmRegister } from './swarm-register.ts'
import { UdpTrackerServer } from './udp-tracker-server.ts'

export interface TrackerOptions {
  readonly network: Network
  readonly clock: Clock
  readonly hash: Hash
  readonly random: Random
  /** Of 20 bytes each: all that is ever tracked. */
  readonly infoHashes: readonly Uint8Array[]
  /** An address of this machine. Default: loopback. */
  readonly host?: string
  /** Of both, HTTP and UDP. Default: any free ones. */
  readonly port?: number
}

/** A tracker on this machine. */
export interface Tracker extends AsyncDisposable {
  /** `http://127.0.0.1:P/announce` */
  readonly url: string
  /** `udp://127.0.0.1:P/announce` */
  readonly udpUrl: string
  /** Of the tracker over HTTP. */
  readonly port: number
  readonly udpPort: number
  /** Announces that were answered. */
  readonly announces: number
  /** Tracks these torrents from now on and no others. Info-hashes of 20 bytes each. */
  list(infoHashes: readonly Uint8Array[]): void
  /** Names a seed that has every torrent to whoever asks; `null` = none. */
  nameSeed(address: SocketAddress | null): void
}

const LOOPBACK = '127.0.0.1'

/** Opens a tracker over HTTP and UDP. Throws NetworkError. */
export async function openTracker(options: TrackerOptions): Promise<Tracker> {
  const { network, infoHashes, random, host = LOOPBACK, port = 0 } = options
  const register = new SwarmRegister(infoHashes, random)
  const parts = { ...options, register }
  const at = { host, port }
  const http = await HttpTrackerServer.open(network.listener, at, parts)
  const udp = await UdpTrackerServer.open(network.datagrams, at, parts).catch(
    async (error: unknown) => {
      await http[Symbol.asyncDispose]()
      throw error
    },
  )
  return {
    url: `http://${addressKey({ host, port: http.port })}/announce`,
    udpUrl: `udp://${addressKey({ host, port: udp.port })}/announce`,
    port: http.port,
    udpPort: udp.port,
    get announces() {
      return register.announces
    },
    list: (listed) => register.list(listed),
    nameSeed: (address) => {
      register.ownSeed = address
    },
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await udp[Symbol.asyncDispose]()
    },
  }
}
