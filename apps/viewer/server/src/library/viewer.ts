import type { CalendarDate, Country } from '@matinee/rights'
import type { ServerLanguage } from './language-choice.ts'

/** Who asks, where and when: what every answer about works depends on. */
export interface Viewer {
  /** Of titles and texts, best first; English last, whatever was asked. */
  readonly languages: readonly string[]
  /** In which the server's own sentences are. */
  readonly language: ServerLanguage
  /** Null = not known: only what is free worldwide. */
  readonly territory: Country | null
  /** Where the viewer is. */
  readonly today: CalendarDate
}
