import { isInEu } from '../territory.ts'
import type { Missing } from '../missing.ts'
import { type LifeRule, lifeTerm } from './life-term.ts'
import { FILM_ROLES, type WorkFacts } from './term-facts.ts'
import { type TermWindow, afterAll, exactWindow, openWindow } from './term-window.ts'
import { usTerm } from './us-term.ts'

/** Directive 2006/116/EC art. 1 and 2(2): 70 years after the death of the last of them. */
const LIFE_70: LifeRule = { rule: 'eu-life70', years: 70 }

/**
 * Longer terms that a member state kept (art. 10(1)). Spain: 80 years for who died before 7 December
 * 1987 (Real Decreto Legislativo 1/1996, fourth transitional provision; law of 10 January 1879, art. 6);
 * the whole of 1987 is taken.
 */
const NATIONAL_RULES: ReadonlyMap<string, readonly LifeRule[]> = new Map([
  ['ES', [{ rule: 'es-life80', years: 80, diedUpTo: 1987 }]],
])

/** Art. 3(3): the producer of the first fixation of a film, 50 years after publication. */
const PRODUCER_YEARS = 50

/**
 * When protection of one thing in a member state ends; `of` is its title when it's a part, which isn't
 * a film then. Other related rights (restorations, new scores, critical editions) are rights in another
 * print and no matter of the work's.
 */
export function euTerm(facts: WorkFacts, member: string, of: string | null): TermWindow {
  const rules = [...(NATIONAL_RULES.get(member) ?? []), LIFE_70]
  const isFilm = of === null
  const roles = isFilm ? FILM_ROLES : (['author'] as const)
  const life = lifeTerm(facts.authors, roles, rules, of)
  const whole = isFilm ? afterAll([life, producerTerm(facts)]) : life
  return withShorterTerm(whole, facts, of)
}

function producerTerm(facts: WorkFacts): TermWindow {
  const published = facts.published?.value
  if (published === undefined) return openWindow([{ kind: 'publication', of: null }])
  return exactWindow(published.year + PRODUCER_YEARS + 1, 'eu-producer50')
}

/**
 * Art. 7: what comes from a third country, by authors who aren't nationals of the Union, may be free
 * sooner: when its own country's protection ends. How member states apply that differs (treaties, case
 * law), so it only makes the earliest end uncertain and never an end certain. A work of the US can't be
 * free sooner than US law frees it; other third countries' terms aren't known here.
 */
function withShorterTerm(term: TermWindow, facts: WorkFacts, of: string | null): TermWindow {
  const origin = facts.origin?.value
  if (origin !== undefined && isInEu(origin)) return term
  const atHome = origin === 'US' ? usTerm(facts, of).earliestYear : -Infinity
  if (atHome >= term.earliestYear) return term
  const lack: Missing = { kind: origin === undefined ? 'origin' : 'shorter-term', of }
  return { ...term, earliestYear: atHome, missing: [...term.missing, lack] }
}
