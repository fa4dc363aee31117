import type { ReactNode } from 'react'
import { inkStyle } from '../../poster/ink-style.ts'
import {
  PICTURE_CELLS,
  fingerprintGroups,
  fingerprintPicture,
  type PictureCell,
} from './fingerprint-picture.ts'
import './fingerprint.css'

/** Units of a cell's side, and of the margin around all of them. */
const CELL = 10
const MARGIN = 5
const SIDE = CELL * PICTURE_CELLS + 2 * MARGIN

/** A feed's fingerprint: a picture to know it by, and the digits to compare. */
export function Fingerprint({ fingerprint }: { readonly fingerprint: string }): ReactNode {
  const { inks, cells } = fingerprintPicture(fingerprint)
  return (
    <div className="fingerprint">
      <svg
        className="fingerprint-picture"
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        style={inkStyle(inks)}
        aria-hidden="true"
      >
        <path className="fingerprint-ground" d={`M0 0h${SIDE}v${SIDE}H0z`} />
        {cells.map((cell) => (
          <Cell key={`${cell.column} ${cell.row}`} cell={cell} />
        ))}
      </svg>
      <p className="fingerprint-digits">
        {fingerprintGroups(fingerprint).map((group, at) => (
          // The groups of one fingerprint: their places are their names.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={at}>{group} </span>
        ))}
      </p>
    </div>
  )
}

/** The shapes, each in a square of ten by ten. */
const PATHS: Readonly<Record<PictureCell['shape'], string>> = {
  square: 'M0 0h10v10H0z',
  disc: 'M5 .5a4.5 4.5 0 0 1 0 9a4.5 4.5 0 0 1 0-9z',
  wedge: 'M4 0h2l4 10H0z',
  bar: 'M0 3h10v4H0z',
  quarter: 'M0 0a10 10 0 0 1 10 10H0z',
  corner: 'M0 0h10L0 10z',
  ring: 'M5 0a5 5 0 0 1 0 10a5 5 0 0 1 0-10zM5 2.5a2.5 2.5 0 0 0 0 5a2.5 2.5 0 0 0 0-5z',
}

function Cell({ cell }: { readonly cell: PictureCell }): ReactNode {
  const { column, row, shape, colour, isMirrored } = cell
  const left = MARGIN + CELL * (isMirrored ? column + 1 : column)
  const place = `translate(${left} ${MARGIN + CELL * row})`
  return (
    <path
      className={`fingerprint-${colour}`}
      d={PATHS[shape]}
      transform={isMirrored ? `${place} scale(-1 1)` : place}
    />
  )
}
