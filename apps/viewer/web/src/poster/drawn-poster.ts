/** What other pages than the viewer's need to draw a work's poster: plan and inks, without React. */
export type { Inks } from './inks.ts'
export { inksOf } from './palette.ts'
export { spacingOf } from './poster-measure.ts'
export { SHEET, type Layer, type Line, type Shape } from './poster-plan.ts'
export { planPoster } from './poster-planner.ts'
export type { PosterRecord } from './poster-record.ts'
