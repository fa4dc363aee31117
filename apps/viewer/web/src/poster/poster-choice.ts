import { isMeasured } from './advance.ts'
import { beam } from './layouts/beam.ts'
import { eclipse } from './layouts/eclipse.ts'
import { facade } from './layouts/facade.ts'
import { frames } from './layouts/frames.ts'
import { initial, initialOf } from './layouts/initial.ts'
import { iris } from './layouts/iris.ts'
import { montage } from './layouts/montage.ts'
import type { Layout } from './poster-plan.ts'
import type { PosterRecord } from './poster-record.ts'
import { lettersOf } from './poster-title.ts'
import { seededChoice } from './seed.ts'

/** The ways to draw a poster. */
export const LAYOUTS = {
  facade,
  eclipse,
  beam,
  initial,
  iris,
  montage,
  frames,
} as const satisfies Readonly<Record<string, Layout>>
export type LayoutName = keyof typeof LAYOUTS

/** The layout that belongs to a work, of those that suit its age, its kind and its title. */
export function layoutOf(record: PosterRecord, title: string): LayoutName {
  const candidates = candidatesFor(record, title)
  return candidates[seededChoice('layout', record.id, candidates.length)] ?? 'eclipse'
}

function candidatesFor(record: PosterRecord, title: string): readonly LayoutName[] {
  const { kind, year } = record
  if (kind === 'series') return ['frames']
  // Scripts that the faces lack aren't stretched, turned or taken apart.
  if (!isMeasured(title.toLocaleUpperCase('en')) || !isMeasured(title)) return ['eclipse', 'beam']
  const words = title.split(' ').length
  const letters = lettersOf(title)
  const longestWord = Math.max(...title.split(' ').map(lettersOf))
  const [isFacade, isShort] = [words >= 2 && words <= 6 && longestWord <= 16, letters <= 40]
  const hasInitial = initialOf(title) !== null
  // Only these have a place for what follows the colon.
  if (lettersOf(record.title) > 70) return ['eclipse', 'beam']
  const candidates: LayoutName[] = []
  if (year !== null && year <= 1929) {
    if (isShort) candidates.push('iris')
    candidates.push('montage')
    if (isFacade) candidates.push('facade')
    if (letters <= 10 && hasInitial) candidates.push('initial')
  } else if (year !== null && year <= 1969) {
    candidates.push('beam', 'beam')
    if (isFacade) candidates.push('facade')
    candidates.push(letters <= 9 && hasInitial ? 'initial' : 'montage')
  } else {
    candidates.push('eclipse', 'beam')
    if (isFacade) candidates.push('facade')
    if (letters <= 9 && hasInitial) candidates.push('initial', 'initial')
    if (kind === 'short') candidates.push('eclipse')
  }
  return candidates
}
