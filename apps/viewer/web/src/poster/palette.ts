import type { Inks } from './inks.ts'
import type { PosterRecord } from './poster-record.ts'
import { seededChoice } from './seed.ts'

/** Ground, ink, spot, second. Text is ink on ground, except where a layout computes a better pair. */
const FAMILIES = {
  /** To 1929: the dye baths of silent film. */
  tint: [
    'E8A33D 241008 FBE7BC A8481A',
    '1D3557 F3EBD8 F0B94A 0E1E38',
    'DE8F8B 2A0D14 FCEBDF 8C2A40',
    '24534A F6EDD3 E8B45E 12322E',
    'EBDDC1 2A1A12 AB3623 8A6B48',
    'B7A4CB 20132E F8F0E0 5F3F80',
    '7C1D22 FBE6CF F0A345 3D0B12',
  ],
  /** 1930 to 1969: posters in two colours. */
  noir: [
    '161316 F6EEE2 E5382C 4B4348',
    'BE2A2C FFF1DC 1A0E10 F5AE3D',
    '0D6467 FFF3DA FF8D5C 063A3D',
    'F3B733 1D1420 C92F25 FFF4D8',
    'CFE2CF 15232B DF4B36 2C7664',
    '233F9F FDF1DE FF7355 101E5A',
    'F0E0D2 24161B 2B4C9B D9452F',
  ],
  /** From 1970, and where no year is known. */
  riso: [
    'FF7159 1F0F2A FFE25A 7C2370',
    '47297F FFEEDB FFB23E F56C9B',
    '256B45 FFF6DA FFCE3C 0D3A28',
    '8AC4E6 13203A FF5C49 FFF4DD',
    'F6A9B7 2A1038 2C49CF FFF1E5',
    'AE3519 FFECD6 FFC145 370E12',
    '27313E F4ECDE FF8652 6F97AC',
    'F5C944 20142B 1F7A6B FF6A4A',
  ],
} as const

/** A work's family of inks: its age. */
export function familyOf(year: number | null): keyof typeof FAMILIES {
  if (year === null || year >= 1970) return 'riso'
  return year <= 1929 ? 'tint' : 'noir'
}

/** The four inks of a work, by its age and its id. */
export function inksOf({ id, year }: Pick<PosterRecord, 'id' | 'year'>): Inks {
  const family = FAMILIES[familyOf(year)]
  return toInks(family[seededChoice('ink', id, family.length)] ?? family[0])
}

/** Every palette, for tests and for the page that shows the design. */
export const ALL_INKS: readonly Inks[] = Object.values(FAMILIES).flatMap((family) =>
  family.map(toInks),
)

function toInks(row: string): Inks {
  const [ground = '', ink = '', spot = '', second = ''] = row
    .split(' ')
    .map((colour) => `#${colour}`)
  return { ground, ink, spot, second }
}
