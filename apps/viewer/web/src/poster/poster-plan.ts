import type { PosterRecord } from './poster-record.ts'
import type { Measure } from './advance.ts'
import type { SeededNumbers } from './seed.ts'

/**
 * A poster before it's drawn: flat shapes and lines of text, in units of a sheet of 600 by 900 with margins of
 * 36. A plan is a pure function of a record, so that its rules can be tested over thousands of them.
 */

/** The sheet of a poster: its sides, its margin, and what is between margins. */
export const SHEET = { width: 600, height: 900, margin: 36, measure: 528 } as const

/** The drawing without words: 960 by 540, on second, to stand beside a panel of ground. */
export const WIDE = { width: 960, height: 540, floor: 430 } as const

/** tan 12°: the one diagonal. */
export const BEAM = 0.2126

export type InkName = 'ground' | 'ink' | 'spot' | 'second'

/** Faces of the posters; `script` is the system's own, for what the others can't write. */
export type Face = 'display' | 'stretch' | 'didone' | 'tall' | 'foot' | 'script'

/** Flat ink. A circle with `width` is a ring. */
export type Shape =
  | {
      readonly kind: 'circle'
      readonly x: number
      readonly y: number
      readonly r: number
      readonly ink: InkName
      readonly width?: number
    }
  | { readonly kind: 'path'; readonly d: string; readonly ink: InkName }

/** A line of text; `y` is its baseline. */
export interface Line {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly face: Face
  /** Width axis in percent. Default: 100. */
  readonly width?: number
  /** Default: `start`. */
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly ink: InkName
  /** The ink that it stands on. */
  readonly on: InkName
  /** The room that it must stay in. */
  readonly room: number
  /** Set to fill its room exactly. Default: false. */
  readonly isStretched?: boolean
  /** Left out on small posters. Default: false. */
  readonly isFoot?: boolean
  /** A letter that is a picture, not to be read. Default: false. */
  readonly isPicture?: boolean
}

/** Shapes and lines that are turned together about the middle of the sheet. */
export interface Layer {
  readonly turnDegrees: number
  readonly shapes: readonly Shape[]
  readonly lines: readonly Line[]
}

/** What a layout draws from. */
export interface PosterMatter {
  readonly record: PosterRecord
  /** The title to be set, after its subtitle was cut off. */
  readonly title: string
  readonly subtitle: string | null
  /** Directors as the foot names them; empty when nobody is known. */
  readonly makers: string
  readonly number: SeededNumbers
  /** 1: the light comes from the left; -1: from the right. */
  readonly side: 1 | -1
  readonly isLatin: boolean
  readonly isRightToLeft: boolean
}

/** A way to draw posters, with and without words. */
export interface Layout {
  readonly poster: (matter: PosterMatter) => readonly Layer[]
  readonly art: (matter: PosterMatter) => readonly Layer[]
}

/** A layer that stands straight. */
export function straight(shapes: readonly Shape[], lines: readonly Line[] = []): Layer {
  return { turnDegrees: 0, shapes, lines }
}

/** A rectangle. */
export function box(x: number, y: number, width: number, height: number, ink: InkName): Shape {
  return { kind: 'path', d: `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}z`, ink }
}

/** A disc. */
export function disc(x: number, y: number, r: number, ink: InkName): Shape {
  return { kind: 'circle', x: Number(n(x)), y: Number(n(y)), r: Number(n(r)), ink }
}

/** Straight edges from point to point. */
export function polygon(points: readonly (readonly [number, number])[], ink: InkName): Shape {
  return { kind: 'path', d: `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}z`, ink }
}

/** A length as a drawing has it: to a tenth. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** Whether a text has capitals with marks over them, which need room above. */
export function hasMarks(text: string): boolean {
  return /\p{Lu}\p{M}|[\u00c0-\u00dd\u0100-\u017f]/u.test(text.normalize('NFC'))
}

/** The largest size, at most `most`, at which a line fits its room. */
export function sizeThatFits(text: string, room: number, most: number, measure: Measure): number {
  return Math.min(most, room / Math.max(0.001, measure(text, 100)))
}
