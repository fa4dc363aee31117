import { assert, NetworkError } from '@matinee/base'
import type { Clock, SocketAddress } from '@matinee/base'

/** What can be open. `lookup` is a name look-up under way. */
export type OpenKind = 'dial' | 'accepted' | 'listener' | 'datagrams' | 'http' | 'lookup'

/** Something that is open now. */
export interface OpenEntry {
  readonly kind: OpenKind
  /** `null` before it is known. */
  readonly local: SocketAddress | null
  /** `null` where there is no other side. */
  readonly remote: SocketAddress | null
  /** On the injected clock. */
  readonly sinceMs: number
}

/** How the list closes an entry; `entry.gone()` must follow, now or later. */
export interface OpenHandle {
  /** Once, when the local address is known. */
  setLocal(local: SocketAddress): void
  /** Takes the entry off the list. Idempotent. */
  gone(): void
}

/**
 * Everything the egress has open, and the one switch that ends it. Whatever opens something enters it
 * here before the first packet leaves, so nothing can be open that the switch doesn't know.
 */
export class OpenList {
  readonly #clock: Clock
  readonly #entries = new Set<Held>()
  readonly #closing = new AbortController()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Aborts with a {@link NetworkError} `closed` when the switch is thrown. For acts that wait. */
  get signal(): AbortSignal {
    return this.#closing.signal
  }

  /** Throws {@link NetworkError} `closed` after the switch was thrown. */
  assertOpen(): void {
    this.signal.throwIfAborted()
  }

  /** Enters something that is being opened. Throws {@link NetworkError} `closed` after the switch. */
  enter(
    kind: OpenKind,
    remote: SocketAddress | null,
    close: (reason: NetworkError) => void,
  ): OpenHandle {
    this.assertOpen()
    const { promise: isGone, resolve } = Promise.withResolvers<void>()
    const held: Held = {
      entry: { kind, local: null, remote, sinceMs: this.#clock.nowMs() },
      close,
      isGone,
    }
    this.#entries.add(held)
    return {
      setLocal: (local) => {
        held.entry = { ...held.entry, local }
      },
      gone: () => {
        this.#entries.delete(held)
        resolve()
      },
    }
  }

  /** Everything open at this moment, oldest first. */
  now(): readonly OpenEntry[] {
    return [...this.#entries].map((held) => held.entry)
  }

  /**
   * Closes everything and refuses everything from now on. Resolves when all of it is closed, except
   * look-ups: the system can't be told to stop one; its answer is dropped.
   */
  async closeAll(reason: string): Promise<void> {
    const error = new NetworkError('closed', `the network is closed: ${reason}`)
    this.#closing.abort(error)
    const held = [...this.#entries]
    for (const one of held) one.close(error)
    await Promise.all(held.filter((one) => one.entry.kind !== 'lookup').map((one) => one.isGone))
    assert(
      this.now().every((entry) => entry.kind === 'lookup'),
      'something was opened while everything was being closed',
    )
  }
}

interface Held {
  entry: OpenEntry
  readonly close: (reason: NetworkError) => void
  readonly isGone: Promise<void>
}
