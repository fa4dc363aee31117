/** Gzip (RFC 1952), injected so that pure code runs anywhere. Synchronous. */
export interface Deflate {
  /** One gzip stream of the bytes, without name or time: the same bytes give the same stream. */
  gzip(bytes: Uint8Array): Uint8Array
}
