import { closeSync, constants, openSync, readSync } from 'node:fs'
import { MIB, SHA1_BYTES, SHA256_BYTES } from '@matinee/base'
import { BLOCK_BYTES, merkleRoot } from '@matinee/protocol'
import { systemHash } from '../node/system.ts'
import type { HashJob, JobHashes, PieceJob, PieceSource } from './hash-job.ts'

/** A file ended before the bytes that it had when it was found. */
export class ShortFileError extends Error {
  override readonly name = 'ShortFileError'
}

/** The file that an error is about. */
export interface FileInHand {
  path: string
}

const HASH = systemHash()

/** Padding is hashed from here. Never written to. */
const ZEROS = new Uint8Array(64 * 1024)

/**
 * Hashes pieces from the disk, each byte read once for SHA-1 and SHA-256 together. Blocks the thread:
 * it runs in workers. Throws system errors and {@link ShortFileError} about `inHand.path`.
 */
export class PieceHasher {
  readonly #buffer = new Uint8Array(1 * MIB)
  readonly #inHand: FileInHand
  readonly #onRead: (byteCount: number) => void
  #open: { readonly path: string; readonly fd: number } | null = null

  constructor(inHand: FileInHand, onRead: (byteCount: number) => void) {
    this.#inHand = inHand
    this.#onRead = onRead
  }

  hash(job: HashJob): JobHashes {
    const count = job.pieces.length
    const v1 = new Uint8Array(job.kind === 'v2' ? 0 : count * SHA1_BYTES)
    const v2 = new Uint8Array(job.kind === 'v1' ? 0 : count * SHA256_BYTES)
    for (const [i, piece] of job.pieces.entries()) {
      const sha1 = job.kind === 'v2' ? null : HASH.startSha1()
      const leaves = job.kind === 'v1' ? null : new Uint8Array(leafCount(piece) * SHA256_BYTES)
      let at = 0
      for (const source of piece.sources) {
        if (source.kind === 'zeros') {
          for (let left = source.length; left > 0; left -= ZEROS.length)
            sha1?.update(ZEROS.subarray(0, Math.min(left, ZEROS.length)))
          continue
        }
        for (const bytes of this.#read(source)) {
          sha1?.update(bytes)
          if (leaves === null) continue
          for (let from = 0; from < bytes.length; from += BLOCK_BYTES, at += SHA256_BYTES)
            leaves.set(HASH.sha256(bytes.subarray(from, from + BLOCK_BYTES)), at)
        }
      }
      if (sha1 !== null) v1.set(sha1.finish(), i * SHA1_BYTES)
      if (leaves === null) continue
      const shape = piece.depth === null ? {} : { depth: piece.depth }
      v2.set(merkleRoot(leaves, HASH, shape), i * SHA256_BYTES)
    }
    return { v1, v2 }
  }

  close(): void {
    if (this.#open !== null) closeSync(this.#open.fd)
    this.#open = null
  }

  /** The bytes of a part of a file, a buffer at a time; valid until the next one. */
  *#read(source: PieceSource & { kind: 'file' }): Generator<Uint8Array> {
    const fd = this.#fdOf(source.path)
    let position = source.span.start
    while (position < source.span.end) {
      const wanted = Math.min(this.#buffer.length, source.span.end - position)
      let filled = 0
      while (filled < wanted) {
        const count = readSync(fd, this.#buffer, filled, wanted - filled, position + filled)
        if (count === 0) throw new ShortFileError(`${source.path} ended at ${position + filled}`)
        filled += count
      }
      yield this.#buffer.subarray(0, wanted)
      position += wanted
      this.#onRead(wanted)
    }
  }

  #fdOf(path: string): number {
    if (this.#open?.path === path) return this.#open.fd
    this.#inHand.path = path
    this.close()
    // NONBLOCK: a pipe that took the file's place must not hold us for ever.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
    this.#open = { path, fd: openSync(path, flags) }
    return this.#open.fd
  }
}

/** The leaves of a piece's data. In torrents with leaves all data of a piece is of one file. */
function leafCount(piece: PieceJob): number {
  let bytes = 0
  for (const source of piece.sources)
    if (source.kind === 'file') bytes += source.span.end - source.span.start
  return Math.ceil(bytes / BLOCK_BYTES)
}
