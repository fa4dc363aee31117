import type { Random } from '@matinee/base'

const BYTES = 8
const VALUES = 256

/** Where numbers of identities begin to be looked for in a table: another place in every process, for each of them. */
export type IdentityPlaces = (high: number, low: number) => number

/**
 * Simple tabulation: a random number for each value of each of the eight bytes, all of them XORed. Open addressing stays
 * constant with it in the mean, whatever the numbers are (Pătraşcu and Thorup, 2012), as long as nobody knows the table.
 */
export function identityPlaces(random: Random): IdentityPlaces {
  const { buffer } = Uint8Array.from(random.bytes(BYTES * VALUES * Uint32Array.BYTES_PER_ELEMENT))
  const table = new Uint32Array(buffer)
  const of = (byte: number, number: number, shift: number): number =>
    table[byte * VALUES + ((number >>> shift) & 0xff)] ?? 0
  return (high, low) =>
    of(0, low, 0) ^
    of(1, low, 8) ^
    of(2, low, 16) ^
    of(3, low, 24) ^
    of(4, high, 0) ^
    of(5, high, 8) ^
    of(6, high, 16) ^
    of(7, high, 24)
}
