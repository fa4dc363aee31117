import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { sentMs, type PeerPlan } from '@matinee/engine/sim'
import { BLOCK_BYTES, type BlockFields, type HashFields } from '@matinee/protocol'
import type { SeededRandom } from '@matinee/testkit'
import type { FilmTorrent } from '../film.ts'
import { EmulatedConnection } from './emulated-connection.ts'
import type { SharedLine } from './shared-line.ts'
import type { SwarmTally } from './swarm-tally.ts'
import type { Timeline } from './timeline.ts'

/** What the peers of one swarm share. */
export interface SwarmWorld {
  readonly timeline: Timeline
  readonly line: SharedLine
  readonly torrent: FilmTorrent
  readonly tally: SwarmTally
  readonly random: SeededRandom
  /** The hashes as they go on the wire (BEP 52); `null` = an honest seed rejects. */
  hashesFor(request: HashFields): Uint8Array | null
}

/** What waits in a peer's uplink. */
export type Upload = { readonly to: EmulatedConnection; readonly bytes: number } & (
  | { readonly kind: 'block'; readonly request: BlockFields }
  | { readonly kind: 'hashes'; readonly request: HashFields; readonly hashes: Uint8Array }
)

/** What a socket may hold before its uplink waits: the client doesn't read, so nobody sends. */
const MOST_BUFFERED_BYTES = 1 << 20

/** A peer of the emulated swarm: an address of loopback with a rate, a round trip and a character. */
export class EmulatedPeer {
  readonly plan: PeerPlan
  readonly world: SwarmWorld
  readonly #pieces: ReadonlySet<number> | null
  readonly #queue: Upload[] = []
  readonly #connections = new Set<EmulatedConnection>()
  readonly #server: Server
  #isSending = false
  #served = 0
  /** Where its bursts begin. */
  #startMs: number

  constructor(plan: PeerPlan, world: SwarmWorld, pieces: ReadonlySet<number> | null) {
    this.plan = plan
    this.world = world
    this.#pieces = pieces
    this.#startMs = world.timeline.nowMs()
    this.#server = createServer((socket) => this.#accept(socket))
  }

  /** Listens at an address of loopback; resolves with the port. */
  async listen(host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host, port: 0, backlog: 16 }, resolve)
    })
    const address = this.#server.address() as AddressInfo
    return address.port
  }

  close(): void {
    this.#server.close()
    for (const connection of this.#connections) connection.destroy()
  }

  has(piece: number): boolean {
    return this.#pieces?.has(piece) ?? true
  }

  get hasAll(): boolean {
    return this.#pieces === null
  }

  /** Requests wait for their turn; hashes go before them, as a seed writes them at once. */
  enqueue(upload: Upload, nowMs: number): void {
    if (upload.kind === 'block') this.#queue.push(upload)
    else this.#queue.splice(this.#isSending ? 1 : 0, 0, upload)
    this.send(nowMs)
  }

  /** Requests that are waiting for their turn. */
  waiting(from: EmulatedConnection): number {
    return this.#queue.filter(({ to }) => to === from).length
  }

  /** Takes a request back before its turn. False = it's not there any more, or being sent. */
  cancel(from: EmulatedConnection, request: BlockFields): boolean {
    const at = this.#queue.findIndex(
      (upload, i) =>
        upload.to === from &&
        upload.kind === 'block' &&
        upload.request.piece === request.piece &&
        upload.request.begin === request.begin &&
        !(i === 0 && this.#isSending),
    )
    if (at < 0) return false
    this.#queue.splice(at, 1)
    return true
  }

  /** Forgets what waits for one connection; returns the requests. */
  forget(connection: EmulatedConnection): BlockFields[] {
    const kept: Upload[] = []
    const gone: BlockFields[] = []
    for (const [i, upload] of this.#queue.entries()) {
      if (upload.to !== connection || (i === 0 && this.#isSending)) kept.push(upload)
      else if (upload.kind === 'block') gone.push(upload.request)
    }
    this.#queue.splice(0, this.#queue.length, ...kept)
    return gone
  }

  left(connection: EmulatedConnection): void {
    this.forget(connection)
    this.#connections.delete(connection)
  }

  /** Sends what is next, unless something is being sent or nobody reads. */
  send(nowMs: number): void {
    const upload = this.#queue[0]
    if (this.#isSending || !upload || upload.to.bufferedBytes > MOST_BUFFERED_BYTES) return
    this.#isSending = true
    const { timeline, line } = this.world
    const doneMs = sentMs(this.plan, this.#startMs, nowMs, upload.bytes)
    timeline.at(doneMs, () => {
      this.#isSending = false
      this.#queue.shift()
      if (!upload.to.isClosed) upload.to.deliver(upload, line.book(doneMs, upload.bytes))
      this.send(doneMs)
    })
  }

  /** The bytes of a block as this peer sends them. */
  blockFor({ piece, begin, length }: BlockFields): {
    readonly bytes: Uint8Array
    readonly block: number
    readonly isSpoiled: boolean
  } {
    const { film, metainfo } = this.world.torrent
    const start = piece * metainfo.pieceLength + begin
    const bytes = film.bytesAt({ start, end: start + length })
    const { manner } = this.plan
    const isSpoiled = manner.kind === 'corrupts' && this.#served++ % manner.oneIn === 0
    if (isSpoiled) bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff
    return { bytes, block: Math.floor(start / BLOCK_BYTES), isSpoiled }
  }

  #accept(socket: Socket): void {
    const connection = new EmulatedConnection(this, socket)
    this.#connections.add(connection)
    if (this.#connections.size === 1) this.#startMs = this.world.timeline.nowMs()
  }
}
