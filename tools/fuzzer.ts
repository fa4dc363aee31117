import type { Random } from '@matinee/base'

/**
 * A property that must hold for input made by chance. Packages and apps list theirs in
 * `fuzz/index.ts` as `FUZZERS`.
 */
export interface Fuzzer {
  /** Short, in kebab-case: what `npm run fuzz -- NAME` selects. */
  readonly name: string
  /** One try. All chance comes from `random`; throws when the property doesn't hold. */
  run(random: Random): void | Promise<void>
}

/** What a `fuzz/index.ts` exports. */
export interface FuzzModule {
  readonly FUZZERS: readonly Fuzzer[]
}
