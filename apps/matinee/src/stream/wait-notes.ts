import { SECOND_MS } from '@matinee/base'
import type { WaitReason } from '@matinee/engine'
import { waitingWords } from './progress.ts'

/** A wait that is over sooner isn't worth a line. */
const FIRST_MS = 3 * SECOND_MS
/** A wait that doesn't change is told again. */
const AGAIN_MS = 10 * SECOND_MS

/** Decides when a line is due on what a stream waits for, where no line can be written over. */
export class WaitNotes {
  #sinceMs: number | null = null
  #told: { readonly words: string; readonly atMs: number } | null = null

  /** The line that is due now; `null` when none is. Asked about once a second. */
  due(reason: WaitReason | null, nowMs: number): string | null {
    if (reason === null || reason.kind === 'arriving') {
      this.#sinceMs = null
      this.#told = null
      return null
    }
    this.#sinceMs ??= nowMs
    if (nowMs - this.#sinceMs < FIRST_MS) return null
    const words = waitingWords(reason)
    if (this.#told?.words === words && nowMs - this.#told.atMs < AGAIN_MS) return null
    this.#told = { words, atMs: nowMs }
    return words
  }
}
