/** Behind the picture so much stays, for who goes back a little. */
const KEPT_BEHIND_SECONDS = 30
/** What is behind is let go once it is more than that by so much. */
const SPARE_SECONDS = 20
/** When the browser has no room, so much stays behind. */
const LEAST_BEHIND_SECONDS = 3
const FULL_RETRY_MS = 500

/** One piece of a stream. */
export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Added to the times in the pieces from here on. Null = as before. */
  readonly offsetSeconds: number | null
}

/** A `SourceBuffer` that is fed piece by piece, and forgets what was seen. */
export class PieceBuffer {
  readonly #buffer: SourceBuffer
  readonly #now: () => number
  readonly #onChange: () => void
  readonly #onBroken: () => void
  #queue: Piece[] = []
  #isFull = false
  #hasEnded = false
  #isClosed = false

  /**
   * @param now where the film is, in seconds
   * @param onChange told when something was appended or removed
   * @param onBroken told when the browser takes no more of it
   */
  constructor(
    buffer: SourceBuffer,
    parts: {
      readonly now: () => number
      readonly onChange: () => void
      readonly onBroken: () => void
    },
  ) {
    this.#buffer = buffer
    this.#now = parts.now
    this.#onChange = parts.onChange
    this.#onBroken = parts.onBroken
    buffer.addEventListener('updateend', () => {
      this.#onChange()
      this.#feed()
    })
    buffer.addEventListener('error', () => this.#onBroken())
  }

  /** What is appended or waits to be. */
  get isIdle(): boolean {
    return this.#queue.length === 0 && !this.#buffer.updating
  }

  /** Bytes that wait. */
  get queuedBytes(): number {
    return this.#queue.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** Nothing comes after what was given. */
  get hasEnded(): boolean {
    return this.#hasEnded && this.isIdle
  }

  add(piece: Piece): void {
    this.#queue.push(piece)
    this.#feed()
  }

  end(): void {
    this.#hasEnded = true
    if (this.isIdle) this.#onChange()
  }

  /** Another run begins: what waits is of no use any more. */
  restart(): void {
    this.#queue = []
    this.#hasEnded = false
    if (this.#isClosed) return
    try {
      this.#buffer.abort()
    } catch {
      // The film ended or was let go: there is nothing to abort.
    }
  }

  /** How far it goes on from a moment without a gap; the moment itself when nothing is there. */
  endFrom(seconds: number): number {
    const { buffered } = this.#buffer
    for (let at = 0; at < buffered.length; at++)
      // A run may begin a frame later than asked.
      if (buffered.start(at) <= seconds + 0.1 && buffered.end(at) > seconds) return buffered.end(at)
    return seconds
  }

  close(): void {
    this.#isClosed = true
    this.#queue = []
  }

  #feed(): void {
    if (this.#isClosed || this.#isFull || this.#buffer.updating) return
    try {
      if (this.#forgetSeen()) return
      const piece = this.#queue[0]
      if (piece === undefined) return
      if (piece.offsetSeconds !== null) this.#buffer.timestampOffset = piece.offsetSeconds
      this.#buffer.appendBuffer(piece.bytes)
      this.#queue.shift()
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      if (error.name === 'QuotaExceededError') this.#makeRoom()
      // Otherwise the film was let go meanwhile, or the element says itself what is wrong.
    }
  }

  /** True when something is being removed. */
  #forgetSeen(keptSeconds = KEPT_BEHIND_SECONDS, spareSeconds = SPARE_SECONDS): boolean {
    const { buffered } = this.#buffer
    const until = this.#now() - keptSeconds
    if (buffered.length === 0 || buffered.start(0) >= until - spareSeconds || until <= 0)
      return false
    this.#buffer.remove(0, until)
    return true
  }

  #makeRoom(): void {
    if (this.#forgetSeen(LEAST_BEHIND_SECONDS, 0)) return
    this.#isFull = true
    setTimeout(() => {
      this.#isFull = false
      this.#feed()
    }, FULL_RETRY_MS)
  }
}
