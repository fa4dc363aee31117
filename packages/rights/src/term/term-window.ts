import { assert } from '@matinee/base'
import { type Missing, distinctMissing } from '../missing.ts'
import type { TermRule } from './term-rule.ts'

/**
 * Between which years a protection ends: free on 1 January of `earliestYear` at the soonest and of
 * `latestYear` at the latest. Both alike = exactly known. `-Infinity` = may be free already, whatever
 * the day; `Infinity` = no end is known (somebody lives, or a fact is missing).
 */
export interface TermWindow {
  readonly earliestYear: number
  readonly latestYear: number
  /** The rules that may apply, the deciding one first. */
  readonly rules: readonly TermRule[]
  /** Why the two years differ; empty when they don't. */
  readonly missing: readonly Missing[]
}

/** Nothing is known about the end. */
export function openWindow(missing: readonly Missing[]): TermWindow {
  return { earliestYear: -Infinity, latestYear: Infinity, rules: [], missing }
}

/** A protection whose end is exactly known. */
export function exactWindow(year: number, rule: TermRule): TermWindow {
  return { earliestYear: year, latestYear: year, rules: [rule], missing: [] }
}

/** Something is free when all its protections have ended. */
export function afterAll(windows: readonly TermWindow[]): TermWindow {
  // Of nothing, the maximum is minus infinity: free since ever.
  assert(windows.length > 0, 'a term is made of at least one protection')
  return {
    earliestYear: Math.max(...windows.map((window) => window.earliestYear)),
    latestYear: Math.max(...windows.map((window) => window.latestYear)),
    rules: rulesOf(windows),
    missing: distinctMissing(windows.flatMap((window) => window.missing)),
  }
}

/** One of several rules applies, and it isn't known which. */
export function oneOf(windows: readonly TermWindow[], missing: readonly Missing[]): TermWindow {
  assert(windows.length > 0, 'at least one rule applies to a work')
  return {
    earliestYear: Math.min(...windows.map((window) => window.earliestYear)),
    latestYear: Math.max(...windows.map((window) => window.latestYear)),
    rules: rulesOf(windows),
    missing: distinctMissing([...missing, ...windows.flatMap((window) => window.missing)]),
  }
}

/** The rule that keeps it longest decides, and comes first. */
function rulesOf(windows: readonly TermWindow[]): readonly TermRule[] {
  const longestFirst = windows.toSorted(
    (a, b) => compare(b.latestYear, a.latestYear) || compare(b.earliestYear, a.earliestYear),
  )
  return [...new Set(longestFirst.flatMap((window) => window.rules))]
}

// Subtracting would make NaN of two infinities.
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
