import type { PhoneCode, RemoteCommand, RemoteNews, RemoteState } from '#api'
import type { Clock, Log, Timer } from '@matinee/base'
import { CommandQueue } from './command-queue.ts'
import { CODE_LASTS_MS, PhoneBook } from './phone-book.ts'
import { openPhoneListener, type PhoneListener } from './phone-listener.ts'
import type { PhonePage } from './phone-page.ts'
import { RequestPace } from './request-pace.ts'

/** How long a turn of the player's page waits for something to do. */
export const TURN_MS = 1000
/** A page that hasn't asked for so long is gone. */
export const PAGE_GONE_MS = 15_000
/** How long a phone waits to see what it asked for. */
const DONE_MS = 1500
/** The phone that leaves last still gets its answer. */
const LAST_WORD_MS = 200

/** What one remote needs. */
export interface RemoteSessionParts {
  readonly host: string
  readonly mayBePhone: (host: string) => boolean
  readonly page: PhonePage
  readonly clock: Clock
  readonly log: Log
  /** Nobody needs it any more; told once. */
  readonly onOver: () => void
}

/**
 * One player that phones may work. Its listener is there while the player's page asks what to do, and while a phone is let in
 * or could be: whatever ends that closes it (L10).
 */
export class RemoteSession implements AsyncDisposable {
  readonly #parts: RemoteSessionParts
  readonly #book = new PhoneBook()
  readonly #queue = new CommandQueue()
  #listener: PhoneListener | null = null
  #state: RemoteState | null = null
  #isOver = false
  /** What the page was told last. */
  #told = ''
  #wakePage: () => void = () => undefined
  /** Phones whose command waits for the page, and those whose command it's doing. */
  #asking: (() => void)[] = []
  #doing: (() => void)[] = []
  #pageTimer: Timer | null = null
  #codeTimer: Timer | null = null

  private constructor(parts: RemoteSessionParts) {
    this.#parts = parts
  }

  /** Opens the listener. Throws `PortsTakenError` when the address is gone. */
  static async open(parts: RemoteSessionParts): Promise<RemoteSession> {
    const session = new RemoteSession(parts)
    const { host, mayBePhone, page, log, clock } = parts
    const book = session.#book
    const pace = new RequestPace()
    session.#listener = await openPhoneListener({
      host,
      mayBePhone,
      page,
      log,
      door: {
        allows: (peer) => pace.allows(peer, clock.nowMs()),
        pair: (secret, peer) => {
          const token = book.pair(secret, peer, clock.nowMs())
          if (token !== null) session.#wakePage()
          return token
        },
        knows: (token, peer) => book.knows(token, peer),
        leave: (token) => {
          book.forget(token)
          session.#wakePage()
          clock.setTimer(LAST_WORD_MS, () => session.#endWhenUnused())
        },
        state: () => session.#state,
        ask: (command) => session.#ask(command),
      },
    })
    session.#pageIsHere()
    return session
  }

  /** An address for one more phone, or null when there are as many as may be. */
  newCode(): PhoneCode | null {
    const { clock, host } = this.#parts
    const secret = this.#isOver ? null : this.#book.issue(clock.nowMs())
    this.#codeTimer?.cancel()
    this.#wakePage()
    if (secret === null || this.#listener === null) return null
    this.#codeTimer = clock.setTimer(CODE_LASTS_MS, () => {
      this.#wakePage()
      this.#endWhenUnused()
    })
    return {
      url: `http://${host}:${this.#listener.port}/#${secret}`,
      lastsSeconds: CODE_LASTS_MS / 1000,
    }
  }

  /** The page says how it goes, and is told what to do: at once when there is something, else a moment later. */
  async turn(state: RemoteState | null, signal: AbortSignal): Promise<RemoteNews> {
    this.#state = state
    this.#pageIsHere()
    for (const done of this.#doing.splice(0)) done()
    if (this.#queue.isEmpty && this.#told === this.#standing()) await this.#somethingNew(signal)
    // A page that is gone takes nothing along.
    if (signal.aborted || this.#isOver) return { kind: 'over' }
    this.#told = this.#standing()
    this.#doing.push(...this.#asking.splice(0))
    return {
      kind: 'on',
      phones: this.#book.count,
      isCodeGood: this.#book.isCodeGood(this.#parts.clock.nowMs()),
      commands: this.#queue.take(),
    }
  }

  /** Ends it: nobody listens any more, and what phones hold is worth nothing. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.#pageTimer?.cancel()
    this.#codeTimer?.cancel()
    this.#wakePage()
    for (const done of [...this.#asking.splice(0), ...this.#doing.splice(0)]) done()
    await this.#listener?.[Symbol.asyncDispose]()
  }

  #standing(): string {
    return `${this.#book.count} ${this.#book.isCodeGood(this.#parts.clock.nowMs())}`
  }

  #somethingNew(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#parts.clock.setTimer(TURN_MS, resolve)
      this.#wakePage = () => {
        timer.cancel()
        resolve()
      }
      signal.addEventListener('abort', this.#wakePage, { once: true })
    })
  }

  async #ask(command: RemoteCommand): Promise<boolean> {
    if (this.#isOver || !this.#queue.add(command)) return false
    await new Promise<void>((resolve) => {
      const timer = this.#parts.clock.setTimer(DONE_MS, resolve)
      this.#asking.push(() => {
        timer.cancel()
        resolve()
      })
      this.#wakePage()
    })
    return true
  }

  #pageIsHere(): void {
    this.#pageTimer?.cancel()
    if (!this.#isOver)
      this.#pageTimer = this.#parts.clock.setTimer(PAGE_GONE_MS, () => this.#parts.onOver())
  }

  /** Without a phone, and without a code that a phone could use, the listener has no purpose. */
  #endWhenUnused(): void {
    const isUsed = this.#book.count > 0 || this.#book.isCodeGood(this.#parts.clock.nowMs())
    if (!isUsed) this.#parts.onOver()
  }
}
