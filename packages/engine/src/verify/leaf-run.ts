/**
 * Merkle leaves of consecutive blocks of a file (BEP 52), as somebody gave them with the torrent. They
 * need no trust: what doesn't lead to the torrent's own hashes is left out.
 */
export interface LeafRun {
  readonly fileIndex: number
  /** The block of the file that the first hash belongs to. */
  readonly firstBlock: number
  /** 32 bytes for each block. */
  readonly hashes: Uint8Array
}
