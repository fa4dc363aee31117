import type { SocketAddress } from '../address.ts'

/** What the holder of a {@link ByteStream} is told. Exactly one of `onEnd` and `onFailure` comes, once, last. */
export interface StreamEvents {
  /** Bytes have arrived. The view is valid during the call only: copy what must stay. */
  onBytes(bytes: Uint8Array): void
  /** All that was written has left; `bufferedBytes` is 0 again after `write` returned false. */
  onDrain(): void
  /** The other side closed, or `close` has finished. */
  onEnd(): void
  /** The connection broke. */
  onFailure(error: Error): void
}

/** An ordered, reliable connection: TCP in the product, a simulated one in tests. */
export interface ByteStream {
  readonly remote: SocketAddress
  readonly local: SocketAddress
  /** Bytes written and not yet handed to the network. */
  readonly bufferedBytes: number
  /** Starts delivery. Bytes that came before are kept. Called exactly once. */
  start(events: StreamEvents): void
  /** Sends chunks in order, in one write. Takes them over: don't change them afterwards. False = wait for `onDrain`. */
  write(chunks: readonly Uint8Array[]): boolean
  /** Stops or continues `onBytes`; the other side feels it as back-pressure. */
  pause(): void
  resume(): void
  /** Sends what is buffered, then closes. */
  close(): void
  /** Closes now and forgets what is buffered. Idempotent; no event follows. */
  destroy(): void
}
