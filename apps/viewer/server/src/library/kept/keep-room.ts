import type { KeepPrice } from '#api'
import type { DiskCopy } from '../streams/disk-budget.ts'

/** What is looked at before something is kept. */
export interface KeepFacts {
  /** Of all its files. */
  readonly bytes: number
  /** Of these, here already. */
  readonly hereBytes: number
  /** What all others that are kept take when they are whole. */
  readonly keptBytes: number
  /** What is still to come of them. */
  readonly pendingBytes: number
  readonly budgetBytes: number
  /** Null = the system doesn't say. */
  readonly freeBytes: number | null
  /** Nobody keeps them, and nobody has them open. */
  readonly loose: readonly DiskCopy[]
}

/** Left free on a disk whatever is kept: other programs live there, too. */
export const DISK_RESERVE_BYTES = 500_000_000

/** What is decided. */
export interface KeepPlan {
  readonly refused: 'budget' | 'disk' | null
  /** How much room is wanting; 0 unless it is refused. */
  readonly wantingBytes: number
  /** What is deleted for it. */
  readonly goes: readonly DiskCopy[]
}

/** Whether there is room for something to be kept, and what goes for it. */
export function planKeep(facts: KeepFacts): KeepPlan {
  const { bytes, hereBytes, keptBytes, pendingBytes, budgetBytes, freeBytes, loose } = facts
  const missing = Math.max(0, bytes - hereBytes)
  const looseBytes = loose.reduce((sum, copy) => sum + copy.bytes, 0)
  const overBudget = keptBytes + bytes - budgetBytes
  const toCome = missing + pendingBytes
  const overDisk = freeBytes === null ? 0 : toCome + DISK_RESERVE_BYTES - freeBytes - looseBytes
  if (overBudget > 0) return { refused: 'budget', wantingBytes: overBudget, goes: [] }
  if (missing > 0 && overDisk > 0) return { refused: 'disk', wantingBytes: overDisk, goes: [] }
  const forBudget = keptBytes + bytes + looseBytes - budgetBytes
  const forDisk = freeBytes === null ? 0 : toCome + DISK_RESERVE_BYTES - freeBytes
  const goes = goingFor(loose, missing === 0 ? 0 : Math.max(forBudget, forDisk))
  return { refused: null, wantingBytes: 0, goes }
}

/** What another budget would do to what isn't kept. */
export function goingUnder(
  budgetBytes: number,
  keptBytes: number,
  loose: readonly DiskCopy[],
): readonly DiskCopy[] {
  const looseBytes = loose.reduce((sum, copy) => sum + copy.bytes, 0)
  return goingFor(loose, keptBytes + looseBytes - budgetBytes)
}

/** The longest unused first, and no more than it takes. */
function goingFor(loose: readonly DiskCopy[], wantedBytes: number): readonly DiskCopy[] {
  const going: DiskCopy[] = []
  let left = wantedBytes
  for (const copy of loose.toSorted((a, b) => a.usedMs - b.usedMs)) {
    if (left <= 0) break
    going.push(copy)
    left -= copy.bytes
  }
  return going
}

/** How many, and what they take together. */
export function sumOf(copies: readonly DiskCopy[]): KeepPrice['goes'] {
  return { count: copies.length, bytes: copies.reduce((sum, copy) => sum + copy.bytes, 0) }
}
