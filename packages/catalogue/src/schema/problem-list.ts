import type * as z from 'zod/mini'
import type { CatalogueCode, CatalogueProblem } from '../catalogue-error.ts'
import { pointerOf } from '../json/json-pointer.ts'
import type { IssueParams } from './field.ts'

/** Problems are for people: the first hundred are enough. */
const PROBLEMS = 100

type Issue = z.core.$ZodIssue

/** What a schema found, in the codes of docs/feed-format.md. */
export function problemsOf(issues: readonly Issue[]): CatalogueProblem[] {
  return issues.slice(0, PROBLEMS).map((issue) => ({
    ...nameOf(issue),
    at: pointerOf(issue.path),
  }))
}

function nameOf(issue: Issue): { readonly code: CatalogueCode; readonly why: string } {
  if (issue.code !== 'custom' && issue.input === undefined)
    return { code: 'missing-field', why: 'is missing' }
  switch (issue.code) {
    case 'custom':
      return isParams(issue.params) ? issue.params : { code: 'value', why: 'has no allowed value' }
    case 'invalid_key':
      // A key of an object by language is the only kind of key that a schema judges.
      return { code: 'language', why: 'is no language tag' }
    case 'too_big':
      if (issue.origin === 'array')
        return { code: 'too-many-items', why: `has more than ${issue.maximum} elements` }
      return { code: 'value', why: `is above ${issue.maximum}` }
    case 'too_small':
      if (issue.origin === 'array') return { code: 'value', why: 'is an empty list' }
      return { code: 'value', why: `is below ${issue.minimum}` }
    case 'invalid_type':
      return nameOfType(issue)
    case 'invalid_union':
      return { code: 'value', why: 'is none of the kinds there are' }
    case 'unrecognized_keys':
      return { code: 'unknown-field', why: 'has fields that the format does not name' }
    case 'invalid_value':
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
      return { code: 'value', why: 'has no allowed value' }
  }
}

function nameOfType(issue: z.core.$ZodIssueInvalidType): {
  readonly code: CatalogueCode
  readonly why: string
} {
  const { expected, input } = issue
  // A number of the wrong sort (infinite, not whole) is a wrong value of the right type.
  if (typeof input === 'number' && (expected === 'number' || expected === 'int'))
    return { code: 'value', why: 'is not a number that may stand here' }
  return { code: 'wrong-type', why: `is not a JSON ${expected}` }
}

function isParams(params: unknown): params is IssueParams {
  return typeof params === 'object' && params !== null && 'code' in params && 'why' in params
}
