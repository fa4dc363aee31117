import { MIB } from '@matinee/base'

/** What a process holds at one moment. */
export interface SoakSample {
  readonly seconds: number
  /** After a collection of garbage: objects, and buffers outside the heap. */
  readonly heldBytes: number
  readonly residentBytes: number
  readonly timers: number
  readonly sockets: number
  /** Files, sockets and everything else that the system counts. */
  readonly descriptors: number
}

/** What grew, and how much. */
export interface Growth {
  readonly what: Quantity
  readonly before: number
  readonly after: number
  /** The most that `after` may be. */
  readonly limit: number
}

type Quantity = Exclude<keyof SoakSample, 'seconds'>

/** What chance may add, besides a twentieth of what there was. */
const SLACK: Readonly<Record<Quantity, number>> = {
  heldBytes: 6 * MIB,
  residentBytes: 32 * MIB,
  timers: 40,
  sockets: 60,
  descriptors: 60,
}
const GROWTH = 1.05
/** Share of the run in which caches fill; nothing is compared before. */
const WARM_UP = 0.15

/** Compares the medians of the run's first and last third, once it's warm. Throws RangeError for fewer than 12 samples. */
export function growthOf(samples: readonly SoakSample[]): readonly Growth[] {
  const warm = samples.slice(Math.ceil(samples.length * WARM_UP))
  if (samples.length < 12) throw new RangeError('too few samples to say anything')
  const third = Math.floor(warm.length / 3)
  return (Object.keys(SLACK) as Quantity[]).map((what) => {
    const before = median(warm.slice(0, third).map((sample) => sample[what]))
    const after = median(warm.slice(-third).map((sample) => sample[what]))
    return { what, before, after, limit: before * GROWTH + SLACK[what] }
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
