import { DiskError, type ByteSpan, type DiskErrorCode } from '@matinee/base'

/** The calls of a disk that can be made to fail. */
export type DiskCallKind =
  | 'open'
  | 'read'
  | 'write'
  | 'sync'
  | 'size'
  | 'truncate'
  | 'close'
  | 'facts'
  | 'make-folder'
  | 'list'
  | 'rename'
  | 'remove'
  | 'sync-folder'

/** One call to a fake disk. */
export interface DiskCall {
  readonly kind: DiskCallKind
  readonly path: string
  /** Of reads and writes. */
  readonly span: ByteSpan | null
}

/** The rung of an error ladder: which call fails, and whether those after it do too. */
export interface DiskFailure {
  /** Counted from 1, over the calls after this failure was set, of these kinds alone. */
  readonly n: number
  readonly times: 'once' | 'forever'
  readonly code: DiskErrorCode
  /** Default all. */
  readonly kinds?: readonly DiskCallKind[]
}

/** A flipped bit. On `read`, every read sees it; on `write`, the next write over it stores it. */
export interface DiskCorruption {
  readonly path: string
  readonly position: number
  readonly on: 'read' | 'write'
}

/** Everything that is set to go wrong on a disk, and the log of its calls. */
export class DiskFaults {
  readonly calls: DiskCall[] = []
  #failures: { readonly failure: DiskFailure; count: number }[] = []
  #corruptions: DiskCorruption[] = []
  #haltAt: number | null = null
  #atCall: { readonly n: number; readonly run: () => void } | null = null
  readonly #halted = Promise.withResolvers<void>()

  fail(failure: DiskFailure): void {
    this.#failures.push({ failure, count: 0 })
  }

  corrupt(corruption: DiskCorruption): void {
    this.#corruptions.push(corruption)
  }

  /** Takes back all failures and corruptions that were set. */
  clear(): void {
    this.#failures = []
    this.#corruptions = []
  }

  haltAt(n: number): Promise<void> {
    this.#haltAt = n
    return this.#halted.promise
  }

  atCall(n: number, run: () => void): void {
    this.#atCall = { n, run }
  }

  /**
   * Logs a call; `'halted'` when it must never be answered, a {@link DiskError} when it is to fail.
   */
  enter(call: DiskCall): 'fine' | 'halted' | DiskError {
    this.calls.push(call)
    if (this.calls.length === this.#atCall?.n) this.#atCall.run()
    if (this.#haltAt !== null && this.calls.length >= this.#haltAt) {
      this.#halted.resolve()
      return 'halted'
    }
    let error: DiskError | null = null
    for (const entry of this.#failures) {
      const { n, times, code, kinds } = entry.failure
      if (kinds !== undefined && !kinds.includes(call.kind)) continue
      entry.count++
      if (entry.count === n || (entry.count > n && times === 'forever')) {
        error ??= new DiskError(code, `${call.kind} of ${call.path} failed on purpose`)
      }
    }
    return error ?? 'fine'
  }

  /** Flips what is set to be flipped in bytes read from `position`. */
  spoilRead(path: string, position: number, bytes: Uint8Array): void {
    for (const corruption of this.#corruptions) {
      if (corruption.path === path && corruption.on === 'read') flip(corruption, position, bytes)
    }
  }

  /** The bytes to store in place of those given: the same, unless a flip is set in their span. */
  spoilWrite(path: string, position: number, chunks: readonly Uint8Array[]): readonly Uint8Array[] {
    let at = position
    return chunks.map((chunk) => {
      const start = at
      at += chunk.length
      let out = chunk
      this.#corruptions = this.#corruptions.filter((corruption) => {
        if (corruption.path !== path || corruption.on !== 'write') return true
        if (corruption.position < start || corruption.position >= at) return true
        out = out === chunk ? chunk.slice() : out
        flip(corruption, start, out)
        return false
      })
      return out
    })
  }
}

function flip(corruption: DiskCorruption, position: number, bytes: Uint8Array): void {
  const index = corruption.position - position
  const byte = bytes[index]
  if (byte !== undefined) bytes[index] = byte ^ 1
}
