import type { Random } from '@matinee/base'

/** A property that must hold for input made by chance; the same numbers give the same input. */
export interface Fuzzer {
  readonly name: string
  /** One try. Throws when the property doesn't hold. */
  run(random: Random): void | Promise<void>
}
