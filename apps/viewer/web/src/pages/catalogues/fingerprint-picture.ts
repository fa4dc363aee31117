/**
 * A fingerprint as a picture, so that two can be told apart at a glance; the digits beside it are what is compared. Seven
 * rows of seven cells, the right side mirrors the left. Row by row, each of the first 28 bytes is one cell: bits 0 to 2 its
 * shape, bit 3 its colour. The last four bytes, added, choose the inks. It never changes: people remember pictures.
 */
import type { Inks } from '../../poster/inks.ts'
import { ALL_INKS } from '../../poster/palette.ts'

/** Cells in a row, and rows. */
export const PICTURE_CELLS = 7
/** Columns that aren't mirrored, the middle one among them. */
const OWN_COLUMNS = 4

const SHAPES = ['empty', 'square', 'disc', 'wedge', 'bar', 'quarter', 'corner', 'ring'] as const
export type CellShape = (typeof SHAPES)[number]

/** One cell that isn't empty. */
export interface PictureCell {
  /** From the left, from the top. */
  readonly column: number
  readonly row: number
  readonly shape: Exclude<CellShape, 'empty'>
  readonly colour: 'ink' | 'spot'
  /** On the right side shapes look the other way. */
  readonly isMirrored: boolean
}

export interface FingerprintPicture {
  readonly inks: Inks
  readonly cells: readonly PictureCell[]
}

/** @param fingerprint 64 hexadecimal digits */
export function fingerprintPicture(fingerprint: string): FingerprintPicture {
  const bytes = (fingerprint.match(/../gu) ?? []).map((digits) => Number.parseInt(digits, 16))
  const own = PICTURE_CELLS * OWN_COLUMNS
  const cells = bytes.slice(0, own).flatMap((byte, at): PictureCell[] => {
    const shape = SHAPES[byte & 7] ?? 'empty'
    if (shape === 'empty') return []
    const column = at % OWN_COLUMNS
    const row = Math.floor(at / OWN_COLUMNS)
    const colour = (byte & 8) === 0 ? 'ink' : 'spot'
    const cell = { row, shape, colour } as const
    const other = PICTURE_CELLS - 1 - column
    return [
      { ...cell, column, isMirrored: false },
      ...(other === column ? [] : [{ ...cell, column: other, isMirrored: true }]),
    ]
  })
  const sum = bytes.slice(own).reduce((total, byte) => total + byte, 0)
  const inks = ALL_INKS[sum % ALL_INKS.length]
  if (inks === undefined) throw new Error('bug: there are no inks')
  return { inks, cells }
}

/** The digits in groups of four, for people who compare them. */
export function fingerprintGroups(fingerprint: string): readonly string[] {
  return fingerprint.match(/.{1,4}/gu) ?? []
}
