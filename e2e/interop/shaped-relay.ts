import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What lies between two machines. */
export interface Shape {
  readonly bytesPerSecond: number
  readonly rttMs: number
}

/** An address of loopback behind which somebody else listens, as far away as its shape says. */
export interface ShapedRelay extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** The latest that bytes were passed on behind their time: how busy the machine is. */
  readonly latenessMs: number
  /** What came from the far side and was passed on. */
  readonly broughtBytes: number
}

/** One direction of a connection: a rate, half a round trip, one queue and one timer. */
class Pipe {
  readonly #to: Socket
  readonly #shape: Shape
  readonly #onLate: (ms: number) => void
  readonly #queue: { readonly bytes: Uint8Array; readonly dueMs: number }[] = []
  #freeMs: number
  #timer: NodeJS.Timeout | null = null
  #isEnding = false

  constructor(to: Socket, shape: Shape, openMs: number, onLate: (ms: number) => void) {
    this.#to = to
    this.#shape = shape
    this.#freeMs = openMs
    this.#onLate = onLate
  }

  take(bytes: Uint8Array): void {
    const { bytesPerSecond, rttMs } = this.#shape
    const startMs = Math.max(this.#freeMs, performance.now())
    this.#freeMs = startMs + (bytes.length / bytesPerSecond) * 1000
    this.#queue.push({ bytes, dueMs: this.#freeMs + rttMs / 2 })
    this.#timer ??= this.#wake()
  }

  /** Nothing comes any more: the far end is closed when it has what is under way. */
  end(): void {
    this.#isEnding = true
    if (this.#timer === null) this.#to.destroy()
  }

  /** Nobody takes it any more. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #wake(): NodeJS.Timeout | null {
    const [next] = this.#queue
    if (!next) return null
    return setTimeout(() => this.#pass(), Math.max(0, next.dueMs - performance.now()))
  }

  #pass(): void {
    for (;;) {
      const [next] = this.#queue
      const nowMs = performance.now()
      if (!next || next.dueMs > nowMs) break
      this.#queue.shift()
      this.#onLate(nowMs - next.dueMs)
      if (!this.#to.destroyed) this.#to.write(next.bytes)
    }
    this.#timer = this.#wake()
    if (this.#isEnding && this.#timer === null) this.#to.end()
  }
}

/**
 * Listens at an address of loopback and passes everything on to a port, both ways, in this shape. Whoever comes through
 * it comes from that address.
 *
 * @param targetPort of 127.0.0.1; `null` = the one that the relay listens at, where somebody may come later
 */
export async function openShapedRelay(
  host: string,
  targetPort: number | null,
  shape: Shape,
): Promise<ShapedRelay> {
  const sockets = new Set<Socket>()
  let latenessMs = 0
  const onLate = (ms: number): void => {
    latenessMs = Math.max(latenessMs, ms)
  }
  let broughtBytes = 0
  const listeningPort = (): number => {
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }
  const server = createServer((near) => {
    const far = connect({
      port: targetPort ?? listeningPort(),
      host: '127.0.0.1',
      localAddress: host,
    })
    // A connection takes a round trip, which loopback doesn't.
    const openMs = performance.now() + shape.rttMs
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const pipe = new Pipe(to, shape, openMs, onLate)
      to.on('close', () => pipe.stop())
      sockets.add(from)
      from.setNoDelay(true)
      from.on('data', (bytes: Buffer) => pipe.take(bytes))
      from.on('error', () => from.destroy())
      if (from === far) from.on('data', (bytes: Buffer) => (broughtBytes += bytes.length))
      from.on('close', () => {
        sockets.delete(from)
        pipe.end()
      })
    }
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    host,
    port: listeningPort(),
    get latenessMs() {
      return latenessMs
    },
    get broughtBytes() {
      return broughtBytes
    },
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
