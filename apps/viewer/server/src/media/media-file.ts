import type { ByteSpan } from '@matinee/base'

/** A file that can be read from anywhere, at once or as it arrives from the swarm. */
export interface MediaFile {
  /** For display and for the last part of an address; never a path. */
  readonly name: string
  readonly lengthBytes: number
  /** Equal exactly for equal bytes, such as an info-hash and a number: the source of the entity tag. */
  readonly identity: string
  /** The bytes of `span` (inside the file) in order. Waits for what is missing. Throws the signal's reason when aborted. */
  read(span: ByteSpan, signal: AbortSignal): AsyncIterable<Uint8Array>
  /**
   * What is on this computer already of `span` (inside the file), from its start without a gap; null = not even its first
   * byte. Fetches nothing and waits for nobody. Absent: not for this file.
   */
  readHere?(span: ByteSpan): Promise<Uint8Array | null>
}
