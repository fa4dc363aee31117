import { MINUTE_MS } from '@matinee/base'
import { newLinkCode } from './link-code.ts'
import { deriveLinkKeys, type LinkKeys } from './link-keys.ts'

/** To the other computer and back, with time to type. */
export const CODE_LASTS_MS = 10 * MINUTE_MS

/** A code that is shown here, and whose shelf it's for. */
export interface ShownCode {
  readonly code: string
  readonly profile: string
  readonly keys: LinkKeys
  readonly untilMs: number
}

/** The one code that may be shown at a time. */
export class CodeBoard {
  readonly #nowMs: () => number
  #code: ShownCode | null = null

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Null = none is good. */
  get current(): ShownCode | null {
    return this.lastsMs > 0 ? this.#code : null
  }

  /** For how long it's good. */
  get lastsMs(): number {
    return Math.max(0, (this.#code?.untilMs ?? 0) - this.#nowMs())
  }

  /** Whether there is one whose time is over. */
  get isStale(): boolean {
    return this.#code !== null && this.current === null
  }

  /** A new one; the one before is worth nothing. */
  show(profile: string): void {
    const code = newLinkCode()
    const untilMs = this.#nowMs() + CODE_LASTS_MS
    this.#code = { code, profile, keys: keysOfCode(code), untilMs }
  }

  /** Nobody is let in by it any more. False = it was another one, or none. */
  takeDown(code: string | null = this.#code?.code ?? null): boolean {
    const isIt = this.current?.code === code
    if (isIt || this.isStale) this.#code = null
    return isIt
  }
}

/** The keys of a code, as it's shown. */
export function keysOfCode(code: string): LinkKeys {
  return deriveLinkKeys(Buffer.from(code.replaceAll('-', '')))
}
