/** Gzip (RFC 1952), injected so that pure code runs anywhere. Synchronous. */
export interface Inflate {
  /**
   * What was compressed; `null` when it isn't one whole gzip stream, or would have more than `maxBytes`. Never takes
   * memory for more than that.
   */
  gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array | null
}
