import type * as z from 'zod/mini'
import { CatalogueError, type CatalogueProblem } from '../catalogue-error.ts'
import type { JsonObject } from '../json/json-pointer.ts'
import { problemsOf } from './problem-list.ts'
import { unknownFields } from './unknown-fields.ts'

/** What a schema made of a file. */
export interface ParsedFields<T> {
  readonly fields: T
  /** Pointers of fields that were left out because only newer readers know them. */
  readonly leftOut: readonly string[]
}

/**
 * The fields of a file as its schema has them. In a file of a known version, fields that the schema
 * doesn't name are refused; in a newer one they are left out (feed-format 2.3).
 *
 * Throws {@link CatalogueError} with every problem that the schema found.
 */
export function parseFields<S extends z.ZodMiniType>(
  schema: S,
  given: JsonObject,
  isStrict: boolean,
): ParsedFields<z.output<S>> {
  // No code generation: pages forbid eval.
  const result = schema.safeParse(given, { jitless: true })
  if (!result.success) throwIfAny(problemsIn(schema, given))
  const fields = result.data as z.output<S>
  const leftOut = unknownFields(given, fields)
  const why = 'is no field of this version of the format'
  if (isStrict) throwIfAny(leftOut.map((at) => ({ code: 'unknown-field', at, why })))
  return { fields, leftOut }
}

/** Once more, with the input in the issues: it tells "missing" from "wrong", and costs a third. */
function problemsIn(schema: z.ZodMiniType, given: JsonObject): CatalogueProblem[] {
  const result = schema.safeParse(given, { jitless: true, reportInput: true })
  return result.success ? [] : problemsOf(result.error.issues)
}

/** Throws {@link CatalogueError} when there are problems. */
export function throwIfAny(problems: readonly CatalogueProblem[]): void {
  const [first, ...others] = problems
  if (first !== undefined) throw new CatalogueError(first, ...others)
}
