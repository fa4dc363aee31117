import {
  DISPLAY_SPACING,
  measureDisplay,
  measureOf,
  measureScript,
  type Measure,
} from './advance.ts'
import { POSTER_ADVANCES } from './poster-advances.ts'
import type { Face } from './poster-plan.ts'

/** How the posters' faces measure, by name. */
export const MEASURES: Readonly<Record<Face, Measure>> = {
  display: measureDisplay,
  stretch: measureOf([
    { width: 50, advances: POSTER_ADVANCES.stretch50 },
    { width: 100, advances: POSTER_ADVANCES.stretch100 },
    { width: 150, advances: POSTER_ADVANCES.stretch150 },
  ]),
  didone: measureOf([{ width: 100, advances: POSTER_ADVANCES.didone }]),
  tall: measureOf([{ width: 100, advances: POSTER_ADVANCES.tall }]),
  foot: measureOf([{ width: 100, advances: POSTER_ADVANCES.foot }]),
  script: measureScript,
}

/** Letter-spacing of a face, in ems: what its measure counts with. */
export function spacingOf(face: Face): number {
  return face === 'display' ? DISPLAY_SPACING : 0
}
