import type { OnReadOpts, Socket } from 'node:net'
import { assert, KIB, messageOf, NetworkError, SECOND_MS } from '@matinee/base'
import type { ByteStream, Clock, Log, SocketAddress, StreamEvents, Timer } from '@matinee/base'
import { SHARES_READ_BUFFER } from '../node/system.ts'

/** One read from the system: four blocks, and the most a peer can push before its first byte is judged (P3). */
export const READ_BUFFER_BYTES = 64 * KIB
/** How long a closed stream waits for the other side to take what is left and to close as well. */
export const CLOSE_PATIENCE_MS = 5 * SECOND_MS

let sharedBuffer: Uint8Array | null = null

/** Reads of a socket into the thread's one buffer. `deliver`'s view is valid during the call only. */
export function readInto(deliver: (bytes: Uint8Array) => void): OnReadOpts {
  if (SHARES_READ_BUFFER) sharedBuffer ??= new Uint8Array(READ_BUFFER_BYTES)
  return {
    buffer: sharedBuffer ?? new Uint8Array(READ_BUFFER_BYTES),
    callback: (length, buffer) => {
      deliver(buffer.subarray(0, length))
      return true
    },
  }
}

/** A chunk of Node's as a plain array: a Buffer's `slice` would not copy. */
export function plainBytes(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

type Outcome = { readonly kind: 'end' } | { readonly kind: 'failure'; readonly error: Error }

/**
 *   waiting --start--> open --close()--> closing --> over
 *      |                 |                            ^
 *      +-- close(), destroy(), end, failure ----------+
 */
type State =
  /** Nobody listens yet; what ended the connection meanwhile is kept for `start`. */
  | { readonly kind: 'waiting'; readonly outcome: Outcome | null }
  | { readonly kind: 'open'; readonly events: StreamEvents }
  /** What was written leaves; what comes is thrown away. */
  | { readonly kind: 'closing'; readonly events: StreamEvents | null; readonly patience: Timer }
  | { readonly kind: 'over'; readonly patience: Timer | null }

/** A TCP connection as a {@link ByteStream}. The socket is connected and paused when it comes. */
export class TcpStream implements ByteStream {
  readonly remote: SocketAddress
  readonly local: SocketAddress
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #log: Log
  #state: State = { kind: 'waiting', outcome: null }

  constructor(
    socket: Socket,
    ends: { readonly remote: SocketAddress; readonly local: SocketAddress },
    clock: Clock,
    log: Log,
  ) {
    this.remote = ends.remote
    this.local = ends.local
    this.#socket = socket
    this.#clock = clock
    this.#log = log
    socket.on('error', (cause) => this.#onError(cause))
    socket.on('end', () => this.#onRemoteEnd())
    socket.on('close', () => this.#onSocketClose())
    socket.on('drain', () => {
      if (this.#state.kind === 'open') this.#state.events.onDrain()
    })
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength
  }

  start(events: StreamEvents): void {
    assert(this.#state.kind === 'waiting', 'a stream is started once, before it is closed')
    const { outcome } = this.#state
    this.#state = { kind: 'open', events }
    if (outcome === null) this.#socket.resume()
    // Not inside `start`: its caller isn't done setting up.
    else queueMicrotask(() => this.#settle(outcome))
  }

  /** Told by the socket's reads. */
  receive(bytes: Uint8Array): void {
    if (this.#state.kind !== 'open') return
    const { events } = this.#state
    try {
      events.onBytes(bytes)
    } catch (error) {
      // A stranger's bytes must not end the process, even where our own code has a bug.
      this.#log.error('stream reader threw', { error: messageOf(error) })
      this.destroy()
      events.onFailure(error instanceof Error ? error : new Error(messageOf(error)))
    }
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#state.kind !== 'open' && this.#state.kind !== 'waiting') return false
    const socket = this.#socket
    let isBelow = !socket.writableNeedDrain
    // Corked writes leave as one writev.
    socket.cork()
    for (const chunk of chunks) isBelow = socket.write(chunk)
    socket.uncork()
    return isBelow
  }

  pause(): void {
    if (this.#state.kind === 'open') this.#socket.pause()
  }

  resume(): void {
    if (this.#state.kind === 'open') this.#socket.resume()
  }

  close(): void {
    if (this.#state.kind !== 'open' && this.#state.kind !== 'waiting') return
    const events = this.#state.kind === 'open' ? this.#state.events : null
    const patience = this.#clock.setTimer(CLOSE_PATIENCE_MS, () => this.#onPatienceEnd())
    this.#state = { kind: 'closing', events, patience }
    this.#socket.end()
    // Reading on: a close with unread bytes would be a reset, which can take back what we sent.
    this.#socket.resume()
  }

  destroy(): void {
    this.#settle(null)
    this.#socket.destroy()
  }

  #onError(cause: Error): void {
    const error =
      cause instanceof NetworkError
        ? cause
        : new NetworkError('closed', `the connection broke: ${messageOf(cause)}`, { cause })
    // Everything has left: how the other side takes its leave is no failure any more.
    const hasClosed = this.#state.kind === 'closing' && this.#socket.writableFinished
    this.#settle(hasClosed ? { kind: 'end' } : { kind: 'failure', error })
  }

  #onRemoteEnd(): void {
    if (this.#state.kind !== 'open') return
    // The socket sends what is left and closes by itself; an other side that never reads is cut off.
    const patience = this.#clock.setTimer(CLOSE_PATIENCE_MS, () => this.#socket.destroy())
    this.#settle({ kind: 'end' }, patience)
  }

  #onSocketClose(): void {
    if (this.#state.kind === 'over') this.#state.patience?.cancel()
    this.#settle({ kind: 'end' })
  }

  #onPatienceEnd(): void {
    const hasSentAll = this.#socket.writableFinished
    const error = new NetworkError('timeout', 'the other side did not take what was written')
    this.#settle(hasSentAll ? { kind: 'end' } : { kind: 'failure', error })
    this.#socket.destroy()
  }

  /** Ends the stream for its holder, once; `null` ends it silently. */
  #settle(outcome: Outcome | null, patience: Timer | null = null): void {
    const state = this.#state
    if (state.kind === 'over') {
      if (outcome === null) state.patience?.cancel()
      return
    }
    if (state.kind === 'waiting' && outcome !== null) {
      if (state.outcome === null) this.#state = { kind: 'waiting', outcome }
      return
    }
    if (state.kind === 'closing') state.patience.cancel()
    this.#state = { kind: 'over', patience }
    if (outcome !== null && state.kind !== 'waiting' && state.events !== null) {
      tell(state.events, outcome)
    }
  }
}

function tell(events: StreamEvents, outcome: Outcome): void {
  if (outcome.kind === 'end') events.onEnd()
  else events.onFailure(outcome.error)
}
