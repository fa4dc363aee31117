import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SocketAddress } from '@matinee/base'
import { BencodeDictionary, encodeBencode } from '@matinee/protocol'

/** What every scenario's tracker takes to answer. */
export const TRACKER_MS = 60

/** An HTTP tracker (BEP 3, 23) that knows the peers of the swarm and takes its time. */
export class EmulatedTracker {
  readonly #server: Server

  constructor(peers: readonly SocketAddress[]) {
    const compact = Buffer.alloc(6 * peers.length)
    for (const [i, { host, port }] of peers.entries()) {
      for (const [k, byte] of host.split('.').entries()) compact[6 * i + k] = Number(byte)
      compact.writeUInt16BE(port, 6 * i + 4)
    }
    const body = encodeBencode(BencodeDictionary.from({ interval: 1800, peers: compact }))
    this.#server = createServer((_, response) => {
      setTimeout(() => response.end(body), TRACKER_MS)
    })
  }

  /** Resolves with the URL to announce to. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) =>
      this.#server.listen({ host: '127.0.0.1', port: 0 }, resolve),
    )
    const { port } = this.#server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/announce`
    // The first answer of a process takes several milliseconds more; the engine shall not pay for them.
    for (let i = 0; i < 3; i++) await (await fetch(url)).arrayBuffer()
    return url
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
