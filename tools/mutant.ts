/** A guard that is switched off at load time, and the test that must turn red without it. */
export interface Mutant {
  /** The row of the table of promises, such as `F4`. */
  readonly row: string
  /** What the replaced text guards, in words. */
  readonly guard: string
  /** The source file, from the repository's root. */
  readonly file: string
  /** The exact text to replace; it must stand in the file exactly once. */
  readonly find: string
  readonly replace: string
  /** The test file in which at least one test whose name begins with `row` must fail. */
  readonly test: string
}
