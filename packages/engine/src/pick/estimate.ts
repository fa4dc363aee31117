/** When a source will have brought what it owes. Times are the clock's. */
export interface Estimate {
  /** From one block to the next. */
  readonly serviceMs: number
  /** When the first of what it owes comes. */
  readonly headMs: number
  /** When something asked now would begin to come. */
  readonly freeMs: number
  /** It should have brought something by now. */
  readonly isLate: boolean
  /** It owes blocks and has been silent for so long that they are given to others. */
  readonly isStalled: boolean
}
