/** Rights entries and works for tests, good unless a test takes something away. */
import {
  type CalendarDate,
  type Country,
  type Evidence,
  type RightsEntry,
  type RightsWork,
  country,
  parseCalendarDate,
} from '../src/index.ts'

export const FRANCE: Country = country('FR')
export const SPAIN: Country = country('ES')
export const GERMANY: Country = country('DE')
export const JAPAN: Country = country('JP')
export const US: Country = country('US')

export function day(text: string): CalendarDate {
  const date = parseCalendarDate(text)
  if (date === null) throw new Error(`no such day: ${text}`)
  return date
}

export const TODAY: CalendarDate = day('2026-06-01')

export const MAKERS_PAGE: Evidence = {
  kind: 'page',
  speaker: 'rightholder',
  url: 'https://durian.blender.org/sharing/',
  on: day('2026-03-12'),
  sha256: 'a'.repeat(64),
}

/** A verified CC BY 3.0, worldwide, with the maker's page kept and two checks. */
export function entry(changes: Partial<RightsEntry> = {}): RightsEntry {
  return {
    component: 'film',
    territories: ['worldwide'],
    except: [],
    basis: { kind: 'licence', licence: 'CC-BY-3.0' },
    from: null,
    until: null,
    covers: null,
    evidence: [MAKERS_PAGE],
    checks: [
      { by: 'ada', on: day('2026-03-13') },
      { by: 'ben', on: day('2026-03-14') },
    ],
    verified: true,
    ...changes,
  }
}

export function work(
  entries: readonly RightsEntry[],
  changes: Partial<RightsWork> = {},
): RightsWork {
  return { entries, term: null, releaseHashes: [], withdrawal: null, ...changes }
}
