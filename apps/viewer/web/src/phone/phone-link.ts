import type { Pairing, PhoneView, RemoteCommand, RemoteState } from '#api'

/** Between two looks. */
export const LOOK_EVERY_MS = 1000
/** So many looks in a row without an answer are more than a hiccup of the network. */
const MISSED_LOOKS = 2

/** What the phone knows of the player. */
export type Link =
  | { readonly kind: 'pairing' }
  /** The address has no code, as when it was typed. */
  | { readonly kind: 'no-code' }
  /** The code was used before, or is too old. */
  | { readonly kind: 'used' }
  /** Null = nothing plays just now. */
  | { readonly kind: 'on'; readonly state: RemoteState | null }
  /** Nobody answers; it's asked again. */
  | { readonly kind: 'away' }
  /** This phone was let go, here or there. */
  | { readonly kind: 'over' }

/** What the link needs of its page. */
export interface LinkPorts {
  readonly send: (path: string, init: RequestInit) => Promise<Response>
  /** Where the token is kept: for this tab, until it's closed. */
  readonly kept: { get(): string | null; set(token: string | null): void }
  readonly later: (delayMs: number, run: () => void) => void
  /** Nobody looks at a page that isn't shown. */
  readonly isShown: () => boolean
  readonly onChange: (link: Link) => void
}

/** The phone's side: in by the secret, once; then what plays, each second, and what is asked of it. */
export class PhoneLink {
  readonly #ports: LinkPorts
  #link: Link = { kind: 'pairing' }
  #missed = 0
  /** Answers of before a command say how it was. */
  #round = 0

  constructor(ports: LinkPorts) {
    this.#ports = ports
  }

  /** @param secret out of the address's fragment; empty = none */
  async open(secret: string): Promise<void> {
    if (secret !== '') {
      const paired = await this.#pair(secret)
      if (paired !== null) return this.#set(paired)
    }
    if (this.#ports.kept.get() === null) return this.#set({ kind: 'no-code' })
    void this.#look()
  }

  /** Asks something of the player. */
  async ask(command: RemoteCommand): Promise<void> {
    const round = ++this.#round
    await this.#hear(await this.#send('/player/command', command), round)
  }

  /** The phone is done. */
  async leave(): Promise<void> {
    this.#round++
    await this.#send('/player/leave', {})
    this.#ports.kept.set(null)
    this.#set({ kind: 'over' })
  }

  /** Null = it's in. */
  async #pair(secret: string): Promise<Link | null> {
    const answer = await this.#send('/pair', { secret })
    if (answer === null) return { kind: 'away' }
    if (!answer.ok) return this.#ports.kept.get() === null ? { kind: 'used' } : null
    const { token } = (await answer.json()) as Pairing
    this.#ports.kept.set(token)
    return null
  }

  async #look(): Promise<void> {
    if (this.#ports.isShown()) {
      const round = this.#round
      await this.#hear(await this.#send('/player/state', null), round)
    }
    if (this.#link.kind === 'over') return
    this.#ports.later(LOOK_EVERY_MS, () => void this.#look())
  }

  async #hear(answer: Response | null, round: number): Promise<void> {
    if (answer?.status === 401) {
      this.#ports.kept.set(null)
      return this.#set({ kind: 'over' })
    }
    const view = answer?.ok === true ? ((await answer.json()) as PhoneView) : null
    if (view === null) {
      if (++this.#missed >= MISSED_LOOKS && answer === null) this.#set({ kind: 'away' })
      return
    }
    this.#missed = 0
    if (round === this.#round && this.#link.kind !== 'over')
      this.#set({ kind: 'on', state: view.state })
  }

  /** Null = nobody answered. */
  async #send(path: string, body: unknown): Promise<Response | null> {
    const token = this.#ports.kept.get()
    try {
      return await this.#ports.send(path, {
        method: body === null ? 'GET' : 'POST',
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      })
    } catch {
      // The player's computer is gone, or out of reach.
      return null
    }
  }

  #set(link: Link): void {
    this.#link = link
    this.#ports.onChange(link)
  }
}
