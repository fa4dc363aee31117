import type { PhoneCode, RemoteNews, RemoteOpened, RemoteState } from '#api'
import { messageOf, type Clock, type Log } from '@matinee/base'
import { isHome } from '../casting/home-network.ts'
import { newSecret } from '../session/secret.ts'
import { likelyAddresses } from './likely-addresses.ts'
import type { PhonePage } from './phone-page.ts'
import { RemoteSession } from './remote-session.ts'

/** Where phones are, in place of the home network: for tests. */
export interface RemotePlaces {
  /** This computer's addresses, the likeliest first. */
  readonly hosts: readonly string[]
  readonly mayBePhone: (host: string) => boolean
}

/** What the remotes of a viewer need. */
export interface RemoteDeskParts {
  readonly page: () => Promise<PhonePage>
  readonly clock: Clock
  readonly log: Log
  readonly places?: RemotePlaces
}

/** Lets phones work one player at a time. */
export class RemoteDesk implements AsyncDisposable {
  readonly #parts: RemoteDeskParts
  #current: { readonly id: string; readonly session: RemoteSession } | null = null
  #isOver = false

  constructor(parts: RemoteDeskParts) {
    this.#parts = parts
  }

  /** Opens a remote; the one before ends. Throws what reading the phone's page throws, and `PortsTakenError`. */
  async open(wished: string | undefined): Promise<RemoteOpened> {
    const { clock, log, places } = this.#parts
    const hosts = places?.hosts ?? likelyAddresses()
    const host = wished !== undefined && hosts.includes(wished) ? wished : hosts[0]
    if (host === undefined || this.#isOver) return { kind: 'no-network' }
    await this.#endCurrent()
    const remoteId = newSecret()
    const session = await RemoteSession.open({
      host,
      mayBePhone: places?.mayBePhone ?? isHome,
      page: await this.#parts.page(),
      clock,
      log,
      onOver: () =>
        void this.end(remoteId).catch((error: unknown) =>
          log.error('remote not closed', { reason: messageOf(error) }),
        ),
    })
    const code = session.newCode()
    // Another opening, or the end, may have come first: then that one counts.
    const before = this.#current
    this.#current = { id: remoteId, session }
    await before?.session[Symbol.asyncDispose]()
    if (this.#isOver || code === null) {
      await this.end(remoteId)
      return { kind: 'no-network' }
    }
    return { kind: 'open', remoteId, host, hosts: [...hosts], code }
  }

  /** For one more phone; `over` = there is no such remote (any more), null = as many as may be are there. */
  newCode(remoteId: string): PhoneCode | null | 'over' {
    return this.#of(remoteId)?.newCode() ?? (this.#of(remoteId) === null ? 'over' : null)
  }

  /** What the player's page has to do. */
  async turn(
    remoteId: string,
    state: RemoteState | null,
    signal: AbortSignal,
  ): Promise<RemoteNews> {
    return this.#of(remoteId)?.turn(state, signal) ?? { kind: 'over' }
  }

  /** Ends a remote. False = there was none. */
  async end(remoteId: string): Promise<boolean> {
    if (this.#of(remoteId) === null) return false
    await this.#endCurrent()
    return true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    await this.#endCurrent()
  }

  async #endCurrent(): Promise<void> {
    const current = this.#current
    this.#current = null
    await current?.session[Symbol.asyncDispose]()
  }

  #of(remoteId: string): RemoteSession | null {
    return this.#current?.id === remoteId ? this.#current.session : null
  }
}
