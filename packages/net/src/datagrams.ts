import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import {
  addressKey,
  canonicalIp,
  KIB,
  messageOf,
  NetworkError,
  type DatagramGroup,
  type Datagrams,
  type DatagramSocket,
  type LearnedFrom,
  type Log,
  type SocketAddress,
} from '@matinee/base'
import type { OpenHandle, OpenList } from './open-list.ts'
import { ipKind } from './policy/ip-kind.ts'
import { mayDial } from './policy/may-dial.ts'
import type { AddressPolicy, DialPurpose } from './policy/may-dial.ts'
import { plainBytes } from './tcp/stream.ts'
import { toAddress } from './tcp/socket.ts'

/** The most one UDP datagram carries over IPv4. */
const MAX_DATAGRAM_BYTES = 65_507
/** Datagrams that the system hasn't taken yet. Beyond it they are lost, as in a full router. */
const MAX_QUEUED_BYTES = 256 * KIB

/** Opens UDP sockets. IPv4 and IPv6 are separate: a socket sends only to addresses of its own family. */
export class UdpDatagrams implements Datagrams {
  readonly #list: OpenList
  readonly #log: Log
  readonly #policy: AddressPolicy

  constructor(list: OpenList, log: Log, policy: AddressPolicy) {
    this.#list = list
    this.#log = log
    this.#policy = policy
  }

  bind(
    at: SocketAddress,
    onMessage: (bytes: Uint8Array, from: SocketAddress) => void,
    group?: DatagramGroup,
  ): Promise<DatagramSocket> {
    return new Promise((resolve, reject) => {
      const isIpv6 = at.host.includes(':')
      const socket = createSocket({
        type: isIpv6 ? 'udp6' : 'udp4',
        reuseAddr: group !== undefined,
        ...(isIpv6 ? { ipv6Only: true } : {}),
        // Only addresses come here; Node would ask the resolver otherwise, after our check.
        lookup: (host, _options, done) => done(null, host, isIpv6 ? 6 : 4),
      })
      const entry = this.#list.enter('datagrams', null, (reason) => {
        reject(reason)
        close(socket, entry)
      })
      let isBound = false
      socket.on('error', (cause) => {
        this.#log.debug('datagram socket failed', { error: messageOf(cause) })
        if (isBound) return
        reject(refusal(at, cause))
        close(socket, entry)
      })
      socket.on('message', (message, from) => {
        const address = toAddress(from.address, from.port)
        if (address === null || address.port === 0) return
        try {
          onMessage(plainBytes(message), address)
        } catch (error) {
          // A stranger's datagram must not end the process, even where our own code has a bug.
          this.#log.error('datagram reader threw', { error: messageOf(error) })
        }
      })
      socket.bind({ address: at.host, port: at.port }, () => {
        isBound = true
        const bound = socket.address()
        if (!isIpv6 && ipKind(at.host) === 'private') sendGroupsFrom(socket, at.host)
        if (group !== undefined) joinGroup(socket, group, this.#log)
        const address = toAddress(bound.address, bound.port) ?? at
        entry.setLocal(address)
        resolve(new UdpSocket({ socket, address, entry, log: this.#log, policy: this.#policy }))
      })
    })
  }
}

interface UdpSocketParts {
  readonly socket: Socket
  readonly address: SocketAddress
  readonly entry: OpenHandle
  readonly log: Log
  readonly policy: AddressPolicy
}

class UdpSocket implements DatagramSocket {
  readonly address: SocketAddress
  readonly #parts: UdpSocketParts

  constructor(parts: UdpSocketParts) {
    this.address = parts.address
    this.#parts = parts
  }

  send(bytes: Uint8Array, to: SocketAddress, learnedFrom: LearnedFrom): void {
    const { socket, log } = this.#parts
    const host = canonicalIp(to.host)
    try {
      const lost = this.#refuse(bytes, host, to, learnedFrom)
      if (host === null || lost !== null) {
        log.debug('datagram dropped', { reason: lost, learnedFrom })
        return
      }
      // A copy: the system may send it later, when the caller has changed its array.
      socket.send(bytes.slice(), to.port, host, (cause) => {
        if (cause !== null) log.debug('datagram lost', { error: messageOf(cause) })
      })
    } catch (error) {
      // Node throws when the socket was closed meanwhile.
      log.debug('datagram lost', { error: messageOf(error) })
    }
  }

  async close(): Promise<void> {
    close(this.#parts.socket, this.#parts.entry)
  }

  #refuse(
    bytes: Uint8Array,
    host: string | null,
    to: SocketAddress,
    learnedFrom: LearnedFrom,
  ): string | null {
    if (host === null) return 'invalid'
    const address = { host, port: to.port }
    const verdict = mayDial(address, learnedFrom, this.#parts.policy, purposeOf(learnedFrom))
    if (verdict.kind === 'no') return verdict.reason
    if (host.includes(':') !== this.address.host.includes(':')) return 'family'
    if (bytes.length > MAX_DATAGRAM_BYTES) return 'too-long'
    return this.#parts.socket.getSendQueueSize() > MAX_QUEUED_BYTES ? 'queue-full' : null
  }
}

/** A torrent or magnet names trackers, which may have low ports; the others name peers and DHT nodes. */
function purposeOf(learnedFrom: LearnedFrom): DialPurpose {
  return learnedFrom === 'metainfo' || learnedFrom === 'magnet' ? 'udp-tracker' : 'peer'
}

/** What is sent to a group leaves by the network that the address is in, not by the one that the system likes best. */
function sendGroupsFrom(socket: Socket, host: string): void {
  try {
    socket.setMulticastInterface(host)
  } catch {
    // Then the system chooses, which is right wherever there is one network.
  }
}

function joinGroup(socket: Socket, { host, via }: DatagramGroup, log: Log): void {
  for (const address of via)
    try {
      socket.addMembership(host, address)
    } catch (cause) {
      log.warn('group not joined', { error: messageOf(cause) })
    }
}

function close(socket: Socket, entry: OpenHandle): void {
  try {
    socket.close()
  } catch {
    // Node throws when it is closed already, which is what was asked for.
  }
  entry.gone()
}

function refusal(at: SocketAddress, cause: Error): NetworkError {
  const isInUse = 'code' in cause && cause.code === 'EADDRINUSE'
  return new NetworkError(
    isInUse ? 'address-in-use' : 'closed',
    `cannot bind ${addressKey(at)}: ${messageOf(cause)}`,
    { cause },
  )
}
