import {
  type TermFacts,
  type TermRule,
  type TermStatus,
  country,
  termStatus,
} from '../src/index.ts'
import { day } from './entries.ts'

/** The status of a film's facts in a country on a day, both as text. */
export function status(facts: TermFacts, where: string, date: string): TermStatus {
  return termStatus(facts, country(where), day(date))
}

/** `PD 2023-01-01 high us-95y`, `protected 2022-12-31 high us-95y`, `unknown`. */
export function told(found: TermStatus): string {
  const rule: TermRule | '' = found.rules[0] ?? ''
  switch (found.kind) {
    case 'public-domain':
      return `PD ${found.since} ${found.confidence} ${rule}`
    case 'protected':
      return `protected ${found.isExact ? '' : 'at least '}${found.until ?? 'open'} ${found.confidence}`
    case 'unknown':
      return 'unknown'
  }
}
