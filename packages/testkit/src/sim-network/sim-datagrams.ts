import { KIB, NetworkError, addressKey } from '@matinee/base'
import type { DatagramSocket, SocketAddress } from '@matinee/base'
import type { Parcel } from './link.ts'
import type { SimHost } from './sim-host.ts'
import type { SimNetwork } from './sim-network.ts'

/** A bound datagram socket. */
export interface SimDatagrams {
  readonly onMessage: (bytes: Uint8Array, from: SocketAddress) => void
}

/** A full line drops what comes on top, as the queue of a router does. */
const QUEUE_BYTES = 256 * KIB
/** One datagram in this many takes a longer way, on a lossy road: it may arrive after later ones. */
const DETOUR_CHANCE = 0.05
const MAX_DATAGRAM_BYTES = 65_507

/** Binds a datagram socket of a host. Datagrams may be lost, late, and out of order. */
export function bindDatagrams(
  sim: SimNetwork,
  host: SimHost,
  at: SocketAddress,
  onMessage: (bytes: Uint8Array, from: SocketAddress) => void,
): DatagramSocket {
  const port = at.port === 0 ? host.freePort() : at.port
  if (host.sockets.has(port)) {
    throw new NetworkError('address-in-use', `port ${port} of ${host.address} is in use`)
  }
  const socket: SimDatagrams = { onMessage }
  host.sockets.set(port, socket)
  const queue: Parcel[] = []
  let queuedBytes = 0
  const source = {
    take: (): Parcel | null => {
      const parcel = queue.shift() ?? null
      queuedBytes -= parcel?.bytes ?? 0
      return parcel
    },
  }
  return {
    address: { host: at.host, port },
    send(bytes, to, learnedFrom) {
      const isRefused = host.mayDial(to, learnedFrom).kind === 'no'
      sim.record({
        kind: 'datagram',
        from: host.address,
        to: addressKey(to),
        learnedFrom,
        isRefused,
      })
      const isOurs = host.sockets.get(port) === socket
      if (isRefused || !isOurs || bytes.length > MAX_DATAGRAM_BYTES) return
      if (queuedBytes + bytes.length > QUEUE_BYTES) return
      const copy = bytes.slice()
      const parcelBytes = copy.length + 28
      queuedBytes += parcelBytes
      queue.push({ bytes: parcelBytes, onSent: () => travel(sim, host, port, copy, to) })
      host.uplink.wake(source)
    },
    close: async () => {
      if (host.sockets.get(port) === socket) host.sockets.delete(port)
    },
  }
}

function travel(
  sim: SimNetwork,
  from: SimHost,
  fromPort: number,
  bytes: Uint8Array,
  target: SocketAddress,
): void {
  from.sentBytes += bytes.length
  const to = target.host.startsWith('127.') || target.host === '::1' ? from : sim.at(target.host)
  if (to === null || sim.isBlocked(from, to) || sim.isLost(from, to, bytes.length)) return
  const oneWayMs = sim.oneWayMs(from, to)
  const isLossy = from.lossFraction > 0 || to.lossFraction > 0
  const detourMs = isLossy && sim.random.chance(DETOUR_CHANCE) ? oneWayMs : 0
  sim.clock.setTimer(oneWayMs + detourMs, () => {
    if (sim.isBlocked(from, to)) return
    const parcel: Parcel = {
      bytes: bytes.length + 28,
      onSent: () => {
        to.receivedBytes += bytes.length
        const host = to === from && target.host !== from.address ? target.host : from.address
        to.sockets.get(target.port)?.onMessage(bytes, { host, port: fromPort })
        // The view was valid during the call only.
        bytes.fill(0xdd)
      },
    }
    const waiting = [parcel]
    to.downlink.wake({ take: () => waiting.shift() ?? null })
  })
}
