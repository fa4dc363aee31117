/** Matinee's colours in the house, and the four-ink palettes that the plates wear. */
export const HOUSE = {
  ground: '#1A1113',
  surface: '#261B1C',
  raised: '#332526',
  warm: '#4A2B22',
  line: '#463535',
  edge: '#94807A',
  text: '#FAEFE2',
  note: '#D6C3B5',
  faint: '#AE998F',
  lamp: '#FFC65C',
  curtain: '#6E1820',
} as const

/** Text stands in `ink` on `ground` only; `spot` and `second` are for shapes. */
export interface Palette {
  readonly ground: string
  readonly ink: string
  readonly spot: string
  readonly second: string
}

export const PALETTES = {
  motion: { ground: '#47297F', ink: '#FFEEDB', spot: '#FFB23E', second: '#F56C9B' },
  colour: { ground: '#F5C944', ink: '#20142B', spot: '#1F7A6B', second: '#FF6A4A' },
  shade: { ground: '#1D3557', ink: '#F3EBD8', spot: '#F0B94A', second: '#0E1E38' },
  detail: { ground: '#CFE2CF', ink: '#15232B', spot: '#DF4B36', second: '#2C7664' },
  poster: { ground: '#AE3519', ink: '#FFECD6', spot: '#FFC145', second: '#370E12' },
} as const satisfies Readonly<Record<string, Palette>>

/** The one diagonal of Matinee: 12° off vertical. A cut over height h moves h times this sideways. */
export const SLANT = Math.tan((12 * Math.PI) / 180)
