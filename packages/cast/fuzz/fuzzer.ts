import type { Random } from '@matinee/base'

/** Throws made-up input at parsers of a stranger's bytes. */
export interface Fuzzer {
  readonly name: string
  /** One input. Throws when a promise is broken; the same numbers give the same input. */
  run(random: Random): void | Promise<void>
}
