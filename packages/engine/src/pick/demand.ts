/** A half-open run of block numbers. */
export interface BlockRange {
  readonly first: number
  readonly end: number
}

/** Blocks that must be here in time: each is due when the film gets there. */
export interface DueWindow extends BlockRange {
  /** When the block is played, on the clock. */
  dueMs(block: number): number
}

/** What readers need, in blocks; most urgent first everywhere. Ranges may overlap. */
export interface Demand {
  /** Each is to be whole as soon as possible, and before the next one. */
  readonly goals: readonly BlockRange[]
  /** What readers that play need next. */
  readonly windows: readonly DueWindow[]
  /** To be fetched ahead where nothing above has use for a source. */
  readonly later: readonly BlockRange[]
}

/** Nobody needs anything. */
export const NO_DEMAND: Demand = { goals: [], windows: [], later: [] }

/** Whether a reader waits for its first seconds, or has run dry. */
export function isStarving(demand: Demand): boolean {
  return demand.goals.length > 0
}

/** All that readers need, most urgent first. */
export function rangesOf(demand: Demand): readonly BlockRange[] {
  return [...demand.goals, ...demand.windows, ...demand.later]
}
