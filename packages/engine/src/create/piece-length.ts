import { GIB, KIB, LIMITS, MIB } from '@matinee/base'
import { CreateError } from './create-error.ts'

/**
 * Half a second to a few seconds of video a piece, and a .torrent of at most about 200 KB for a film:
 * a piece costs 52 bytes there. Beyond 4 MiB, who has only v1 hashes waits too long for a first picture.
 */
const STEPS: readonly (readonly [upToBytes: number, pieceLength: number])[] = [
  [64 * MIB, 64 * KIB],
  [128 * MIB, 128 * KIB],
  [512 * MIB, 256 * KIB],
  [1 * GIB, 512 * KIB],
  [3 * GIB, 1 * MIB],
  [8 * GIB, 2 * MIB],
]
const LONGEST = 4 * MIB

/** The piece length for so many bytes: a power of two from 64 KiB to 4 MiB. */
export function defaultPieceLength(totalBytes: number): number {
  return STEPS.find(([upToBytes]) => totalBytes <= upToBytes)?.[1] ?? LONGEST
}

/** Throws {@link CreateError} `piece-length` unless v1 and v2 both allow the length. */
export function checkPieceLength(pieceLength: number): void {
  const isPowerOfTwo = Number.isInteger(Math.log2(pieceLength))
  if (!isPowerOfTwo || pieceLength < LIMITS.blockBytes || pieceLength > LIMITS.pieceLengthBytes)
    throw new CreateError('piece-length', `pieces can't have ${pieceLength} bytes`)
}
