import type { Clock, Hash, Network, Random } from '@matinee/base'
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
}

/** A tracker on this machine. */
export interface Tracker extends AsyncDisposable {
  /** `http://127.0.0.1:P/announce` */
  readonly url: string
  /** `udp://127.0.0.1:P/announce` */
  readonly udpUrl: string
  /** Announces that were answered. */
  readonly announces: number
}

const LOOPBACK = '127.0.0.1'

/** Opens a tracker over HTTP and UDP, on free ports. Throws NetworkError. */
export async function openTracker(options: TrackerOptions): Promise<Tracker> {
  const { network, infoHashes, random, host = LOOPBACK } = options
  const register = new SwarmRegister(infoHashes, random)
  const parts = { ...options, register }
  const at = { host, port: 0 }
  const http = await HttpTrackerServer.open(network.listener, at, parts)
  const udp = await UdpTrackerServer.open(network.datagrams, at, parts)
  return {
    url: `http://${host}:${http.port}/announce`,
    udpUrl: `udp://${host}:${udp.port}/announce`,
    get announces() {
      return register.announces
    },
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await udp[Symbol.asyncDispose]()
    },
  }
}
