import type { Missing, PlainMissing } from '../missing.ts'
import { lifeTerm } from './life-term.ts'
import type { WorkFacts } from './term-facts.ts'
import type { TermRule } from './term-rule.ts'
import { type TermWindow, exactWindow, oneOf, openWindow } from './term-window.ts'

/** How a rule of US law counts. */
type UsTerm =
  /** Years after the year of publication; 0 = the protection was lost by publishing. */
  | { readonly kind: 'after-publication'; readonly years: number }
  /** 95 years after publication or 120 after creation, whichever ends first. */
  | { readonly kind: 'for-hire' }
  /** 70 years after the last author's death. */
  | { readonly kind: 'life' }

/** A row of the table: to which works it applies, and what it says. */
interface UsRule {
  readonly rule: TermRule
  /** Months of publication, half-open. */
  readonly from: number
  readonly before: number
  readonly needs: UsNeeds
  readonly term: UsTerm
}

interface UsNeeds {
  readonly government?: true
  /** First published in the US. Formalities cost foreign works nothing: 17 USC 104A restored them. */
  readonly isUs?: true
  readonly notice?: false
  readonly renewed?: false
  readonly registered?: false
  readonly forHire?: boolean
}

const month = (year: number, one: number): number => year * 12 + one - 1

/**
 * The first row that applies decides. Everything ends with a year (17 USC 305); where the law ends a
 * protection within one, the table waits for its end. A foreign work whose protection wasn't restored
 * in 1996 counts as restored: wrong only in keeping it longer.
 */
const US_RULES: readonly UsRule[] = [
  {
    rule: 'us-government',
    from: -Infinity,
    before: Infinity,
    needs: { government: true },
    term: { kind: 'after-publication', years: 0 },
  },
  {
    rule: 'us-no-notice',
    from: -Infinity,
    before: month(1978, 1),
    needs: { isUs: true, notice: false },
    term: { kind: 'after-publication', years: 0 },
  },
  {
    rule: 'us-no-notice-1978',
    from: month(1978, 1),
    before: month(1989, 3),
    needs: { isUs: true, notice: false, registered: false },
    term: { kind: 'after-publication', years: 0 },
  },
  {
    rule: 'us-not-renewed',
    from: -Infinity,
    before: month(1964, 1),
    needs: { isUs: true, renewed: false },
    term: { kind: 'after-publication', years: 28 },
  },
  {
    rule: 'us-95y',
    from: -Infinity,
    before: month(1978, 1),
    needs: {},
    term: { kind: 'after-publication', years: 95 },
  },
  {
    rule: 'us-for-hire',
    from: month(1978, 1),
    before: Infinity,
    needs: { forHire: true },
    term: { kind: 'for-hire' },
  },
  {
    rule: 'us-life70',
    from: month(1978, 1),
    before: Infinity,
    needs: { forHire: false },
    term: { kind: 'life' },
  },
]

/** Works made before 1978 and published by 2002 are protected to the end of 2047 (17 USC 303(a)). */
const FLOOR_YEAR = 2048

/** When US protection of one thing ends; `of` is its title when it's a part. */
export function usTerm(facts: WorkFacts, of: string | null): TermWindow {
  const published = facts.published?.value
  if (published === undefined) return openWindow([{ kind: 'publication', of }])
  const possible: TermWindow[] = []
  const missing: Missing[] = []
  for (const row of US_RULES) {
    const lacks = matchUs(row, facts)
    if (lacks === null) continue
    possible.push(windowOf(row, facts, of))
    missing.push(...lacks.map((kind): Missing => ({ kind, of })))
    if (lacks.length === 0) break
  }
  return oneOf(possible, missing)
}

/** What must be known to say that a row applies (nothing = it does); `null` when it doesn't. */
function matchUs(row: UsRule, facts: WorkFacts): readonly PlainMissing[] | null {
  const { isUs, notice, renewed, registered, forHire, government } = row.needs
  const origin = facts.origin?.value
  const answers: (PlainMissing | boolean)[] = [inWindow(row, facts)]
  if (government === true) answers.push(facts.government?.value === true)
  if (isUs === true) answers.push(origin === undefined ? 'origin' : origin === 'US')
  if (notice === false) answers.push(isFalse(facts.notice?.value, 'notice'))
  if (registered === false) answers.push(isFalse(facts.registered?.value, 'registration'))
  if (renewed === false) answers.push(isFalse(facts.renewed?.value, 'renewal'))
  if (forHire !== undefined) {
    const value = facts.forHire?.value
    answers.push(value === undefined ? 'authorship' : value === forHire)
  }
  if (answers.includes(false)) return null
  return answers.filter((answer) => typeof answer === 'string')
}

function isFalse(value: boolean | undefined, lack: PlainMissing): PlainMissing | boolean {
  return value === undefined ? lack : !value
}

function inWindow(row: UsRule, facts: WorkFacts): PlainMissing | boolean {
  const published = facts.published?.value
  if (published === undefined) return 'publication'
  const { year, month: told = 0 } = published
  const isMonth = Number.isInteger(told) && told >= 1 && told <= 12
  const first = month(year, isMonth ? told : 1)
  const last = month(year, isMonth ? told : 12)
  if (last < row.from || first >= row.before) return false
  return first >= row.from && last < row.before ? true : 'publication'
}

function windowOf(row: UsRule, facts: WorkFacts, of: string | null): TermWindow {
  const publishedYear = facts.published?.value.year ?? Infinity
  const createdYear = facts.createdYear?.value
  switch (row.term.kind) {
    case 'after-publication':
      return exactWindow(publishedYear + row.term.years + 1, row.rule)
    case 'for-hire':
      return exactWindow(
        Math.min(publishedYear + 96, (createdYear ?? publishedYear) + 121),
        row.rule,
      )
    case 'life': {
      const roles = [...new Set(facts.authors.map((each) => each.role))]
      const life = lifeTerm(facts.authors, roles, [{ rule: row.rule, years: 70 }], of)
      const isOld = (createdYear ?? 0) < 1978 && publishedYear <= 2002
      // Without any author named, it isn't even known what's missing but an author.
      const window = roles.length > 0 ? life : openWindow([{ kind: 'author', role: 'author', of }])
      return {
        ...window,
        rules: [row.rule],
        earliestYear: Math.max(
          window.earliestYear,
          createdYear === undefined || !isOld ? 0 : FLOOR_YEAR,
        ),
        latestYear: Math.max(window.latestYear, isOld ? FLOOR_YEAR : 0),
      }
    }
  }
}
