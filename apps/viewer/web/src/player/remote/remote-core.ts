import type { PhoneCode, RemoteCommand, RemoteState } from '#api'
import { Listeners } from '../../api/listeners.ts'
import { codeOf } from '../../api/request.ts'
import type { PlayerClock } from '../media-port.ts'
import type { RemoteServer } from './remote-server.ts'

/** Until the next try, when the server didn't answer. */
export const TRY_AGAIN_MS = 1000
const TRIES = 5
/** Between an episode and the next there is no player. */
export const BETWEEN_FILMS_MS = 3000

/** Whether phones may work the player, and which do. */
export type Remote =
  /**
   * - `code-over`: no phone came in time
   * - `ended`: phones were let go, or left
   * - `no-network`, `failed`: it couldn't be opened
   */
  | {
      readonly kind: 'off'
      readonly why: 'code-over' | 'ended' | 'no-network' | 'failed' | null
    }
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'on'
      readonly remoteId: string
      readonly host: string
      /** This computer's addresses, the likeliest first. */
      readonly hosts: readonly string[]
      /** For one more phone; null = none is shown, or it's used up. */
      readonly code: PhoneCode | null
      readonly phones: number
    }

/** What plays, as a remote needs it. */
export interface RemotePlayer {
  /** Null = nothing is open yet. */
  state(): RemoteState | null
  act(command: RemoteCommand): void
}

/** The player's side of a remote: says how it goes, does what phones ask, and ends with the player. */
export class RemoteCore {
  readonly #server: RemoteServer
  readonly #clock: PlayerClock
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state: Remote = { kind: 'off', why: null }
  #player: RemotePlayer | null = null
  /** What is under way belongs to the opening that has this number. */
  #opening = 0
  #callOffEnd: () => void = () => undefined

  constructor(server: RemoteServer, clock: PlayerClock) {
    this.#server = server
    this.#clock = clock
  }

  /** The same object until something changes. */
  get state(): Remote {
    return this.#state
  }

  /** This plays now, until the returned function is called; when nothing follows soon, phones are let go. */
  attach(player: RemotePlayer): () => void {
    this.#callOffEnd()
    this.#player = player
    return () => {
      if (this.#player !== player) return
      this.#player = null
      this.#callOffEnd = this.#clock.after(BETWEEN_FILMS_MS, () => void this.close())
    }
  }

  /** Makes a code for a first phone. @param host one of the addresses that were offered; null = the likeliest */
  async open(host: string | null = null): Promise<void> {
    if (this.#state.kind === 'opening') return
    const opening = ++this.#opening
    this.#set({ kind: 'opening' })
    const opened = await this.#server.open(host).catch(() => null)
    if (opening !== this.#opening) {
      // The player was closed meanwhile.
      if (opened?.kind === 'open') await this.#server.end(opened.remoteId).catch(() => undefined)
      return
    }
    if (opened === null) return this.#set({ kind: 'off', why: 'failed' })
    if (opened.kind === 'no-network') return this.#set({ kind: 'off', why: 'no-network' })
    const { remoteId, hosts, code } = opened
    this.#set({ kind: 'on', remoteId, host: opened.host, hosts, code, phones: 0 })
    void this.#run(remoteId, opening)
  }

  /** Makes a code for one more phone; the one before is worth nothing. */
  async newCode(): Promise<void> {
    if (this.#state.kind !== 'on') return this.open()
    const opening = this.#opening
    const code = await this.#server.newCode(this.#state.remoteId).catch(() => null)
    if (opening === this.#opening && this.#state.kind === 'on') this.#set({ ...this.#state, code })
  }

  /** Lets all phones go. */
  async close(): Promise<void> {
    const before = this.#state
    this.#opening++
    if (before.kind === 'off') return
    this.#set({ kind: 'off', why: before.kind === 'on' && before.phones > 0 ? 'ended' : null })
    if (before.kind === 'on') await this.#server.end(before.remoteId).catch(() => undefined)
  }

  /** The reason was read. */
  forget(): void {
    if (this.#state.kind === 'off' && this.#state.why !== null)
      this.#set({ kind: 'off', why: null })
  }

  async #run(remoteId: string, opening: number): Promise<void> {
    let missed = 0
    for (;;) {
      const news = await this.#server
        .turn(remoteId, this.#player?.state() ?? null)
        .catch((error: unknown) => codeOf(error))
      if (opening !== this.#opening || this.#state.kind !== 'on') return
      if (typeof news === 'string' || news.kind === 'over') {
        if (typeof news !== 'string' || ++missed >= TRIES) {
          const why = this.#state.phones > 0 || this.#state.code === null ? 'ended' : 'code-over'
          this.#opening++
          return this.#set({ kind: 'off', why })
        }
        await new Promise<void>((resolve) => this.#clock.after(TRY_AGAIN_MS, resolve))
        continue
      }
      missed = 0
      for (const command of news.commands) this.#player?.act(command)
      const code = news.isCodeGood ? this.#state.code : null
      if (code !== this.#state.code || news.phones !== this.#state.phones)
        this.#set({ ...this.#state, code, phones: news.phones })
    }
  }

  #set(state: Remote): void {
    this.#state = state
    this.#listeners.tell()
  }
}
