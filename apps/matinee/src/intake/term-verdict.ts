/** What the terms of protection come to, place by place, in English. Pure. */
import { rightsWorkOf, type WorkRecord } from '@matinee/catalogue'
import {
  EU_COUNTRIES,
  UNITED_STATES,
  missingText,
  termStatus,
  type CalendarDate,
  type Country,
  type TermStatus,
} from '@matinee/rights'

/** One finding, and where it holds. */
export interface TermFinding {
  /** `US`, `EU`, `EU but ES`, or countries. */
  readonly where: string
  readonly isFree: boolean
  /** `free since 1997`, `protected until the end of 2041`, `not known: who directed it`. */
  readonly says: string
}

/** Findings about the United States and the Union, the only places whose rules are known. Empty without facts. */
export function termVerdict(record: WorkRecord, on: CalendarDate): readonly TermFinding[] {
  const { term } = rightsWorkOf(record)
  if (term === null) return []
  const inUnion = new Map<string, { readonly isFree: boolean; readonly countries: Country[] }>()
  for (const country of EU_COUNTRIES) {
    const status = termStatus(term, country, on)
    const says = statusWords(status)
    const group = inUnion.get(says) ?? { isFree: isFree(status), countries: [] }
    group.countries.push(country)
    inUnion.set(says, group)
  }
  const us = termStatus(term, UNITED_STATES, on)
  return [
    { where: 'US', isFree: isFree(us), says: statusWords(us) },
    ...[...inUnion].map(([says, { isFree: free, countries }]) => ({
      where: unionWords(countries),
      isFree: free,
      says,
    })),
  ]
}

/** Unchecked facts alone free nothing. */
function isFree(status: TermStatus): boolean {
  return status.kind === 'public-domain' && status.confidence !== 'low'
}

function unionWords(countries: readonly Country[]): string {
  if (countries.length === EU_COUNTRIES.length) return 'EU'
  if (countries.length <= EU_COUNTRIES.length / 2) return countries.join(', ')
  const others = EU_COUNTRIES.filter((each) => !countries.includes(each))
  return `EU but ${others.join(', ')}`
}

function statusWords(status: TermStatus): string {
  switch (status.kind) {
    case 'public-domain': {
      const since = `free since ${status.since.slice(0, 4)}`
      const lacks = status.missing.map((each) => missingText('en', each)).join('; ')
      return status.confidence === 'low' ? `${since}, but nobody checked: ${lacks}` : since
    }
    case 'protected':
      if (status.until === null) return 'protected, and no end is known'
      return `protected until the end of ${status.until.slice(0, 4)}${status.isExact ? '' : ' at least'}`
    case 'unknown':
      return `not known: ${status.missing.map((each) => missingText('en', each)).join('; ')}`
  }
}
