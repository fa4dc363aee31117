import type { CatalogueCode, CatalogueProblem } from '../catalogue-error.ts'

/** A problem for every value that stood in the list before. */
export function repeated(
  values: readonly unknown[],
  at: (index: number) => string,
): CatalogueProblem[] {
  const seen = new Set<unknown>()
  return values.flatMap((value, index) => {
    if (!seen.has(value)) {
      seen.add(value)
      return []
    }
    return [problem('duplicate', at(index), 'stands here a second time')]
  })
}

/** A problem. */
export function problem(code: CatalogueCode, at: string, why: string): CatalogueProblem {
  return { code, at, why }
}
