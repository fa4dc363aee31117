import type { Missing } from '../missing.ts'
import type { Author, AuthorRole, RoleFacts } from './term-facts.ts'
import type { TermRule } from './term-rule.ts'
import { type TermWindow, afterAll, exactWindow, openWindow } from './term-window.ts'

/** A term that is counted from the end of the year in which the last author died. */
export interface LifeRule {
  readonly rule: TermRule
  readonly years: number
  /** Only for who died in this year or before. */
  readonly diedUpTo?: number
}

/**
 * When the last of the people in some roles has been dead for long enough. For each person, the first
 * rule that fits. Roles that the facts leave out, and deaths that aren't known, leave the end open.
 */
export function lifeTerm(
  authors: readonly RoleFacts[],
  roles: readonly AuthorRole[],
  rules: readonly LifeRule[],
  of: string | null,
): TermWindow {
  const windows = roles.flatMap((role): TermWindow[] => {
    const facts = authors.filter((each) => each.role === role)
    const people = facts.flatMap((each) => (each.kind === 'people' ? each.people : []))
    if (people.length > 0) return people.map((author) => authorTerm(author, rules, of))
    const isNobody = facts.some((each) => each.kind === 'nobody')
    return isNobody ? [] : [openWindow([{ kind: 'author', role, of }])]
  })
  // With nobody to count from, there's no term to compute; other laws count from publication then.
  return windows.length > 0 ? afterAll(windows) : openWindow(unknownAuthors(roles, of))
}

function unknownAuthors(roles: readonly AuthorRole[], of: string | null): readonly Missing[] {
  return roles.slice(0, 1).map((role) => ({ kind: 'author', role, of }))
}

function authorTerm(author: Author, rules: readonly LifeRule[], of: string | null): TermWindow {
  const { name, died } = author
  if (died === undefined) return openWindow([{ kind: 'death', name, of }])
  const year = died.value
  const first = rules[0]
  // Alive when it was checked: no end is known, and it can't have come yet.
  if (year === null) {
    const rule = rules.find((each) => each.diedUpTo === undefined) ?? first
    return {
      earliestYear: Infinity,
      latestYear: Infinity,
      rules: rule === undefined ? [] : [rule.rule],
      missing: [{ kind: 'death', name, of }],
    }
  }
  const rule = rules.find((each) => each.diedUpTo === undefined || year <= each.diedUpTo)
  if (rule === undefined) return openWindow([{ kind: 'term-rule', of }])
  return exactWindow(year + rule.years + 1, rule.rule)
}
