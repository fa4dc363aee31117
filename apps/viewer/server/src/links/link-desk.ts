import type { LinkProblem } from '#api'
import { SECOND_MS, messageOf, type SocketAddress, type Timer } from '@matinee/base'
import { screenText } from '@matinee/cast'
import { randomBytes } from 'node:crypto'
import { parseLinkCode } from './link-code.ts'
import type { LinkDeskParts } from './link-desk-parts.ts'
import { LinkDoor } from './link-door.ts'
import { LinkError, linkOutcome } from './link-error.ts'
import type { LinkSide } from './link-keys.ts'
import { HOME_PLACES, type LinkPlaces } from './link-places.ts'
import { reachOther } from './link-reach.ts'
import { LinkStandings, type LinkStanding } from './link-standings.ts'
import type { StoredLink } from './link-store.ts'
import type { MessageStream } from './message-stream.ts'
import { pairShown, pairTyped, type Paired } from './pairing.ts'
import { LinkEntries, type RingEntry } from './ring.ts'
import { exchangeShelves } from './shelf-exchange.ts'
import { CodeBoard, keysOfCode } from './shown-code.ts'
import { nextSyncMs } from './sync-plan.ts'

const LOOK_MS = SECOND_MS

/** Computers of one's own whose shelves are kept the same (L11). Nothing is open while nothing is linked and no code is shown. */
export class LinkDesk implements AsyncDisposable {
  readonly #parts: LinkDeskParts
  readonly #places: LinkPlaces
  readonly #door: LinkDoor
  /** The code that is shown, if one is. */
  readonly codes: CodeBoard
  readonly #entries = new LinkEntries()
  readonly #standings = new LinkStandings()
  #looking: Timer | null = null
  #isOver = false

  constructor(parts: LinkDeskParts) {
    this.#parts = parts
    this.#places = parts.places ?? HOME_PLACES
    this.codes = new CodeBoard(() => parts.clock.nowMs())
    this.#door = new LinkDoor({
      network: parts.network,
      clock: parts.clock,
      log: parts.log,
      places: this.#places,
      ring: () => this.#ring(),
      onOther: (entry, messages, remote) => this.#onOther(entry, messages, remote),
    })
  }

  /** What this computer calls itself. */
  get name(): string {
    return this.#parts.name
  }

  /** Where others reach this computer, `host:port`; empty while nobody does. */
  get addresses(): readonly string[] {
    return this.#door.hosts.map((host) => `${host}:${this.#door.port}`)
  }

  get links(): readonly StoredLink[] {
    return this.#parts.store.all
  }

  /** How a link does. */
  standingOf(id: string): LinkStanding {
    return this.#standings.of(id)
  }

  /** Takes up the links of an earlier run. */
  async start(): Promise<void> {
    await this.#door.review()
    this.#look()
  }

  /** Shows a code for the shelf of a profile; the one before is worth nothing. Null = it's shown. */
  async show(profile: string): Promise<LinkProblem | null> {
    if (this.#parts.store.isFull) return 'full'
    if (this.#places.hosts().length === 0) return 'no-network'
    this.codes.show(profile)
    await this.#door.review()
    if (this.#door.port !== 0) return null
    await this.hide()
    return 'no-network'
  }

  /** The code is worth nothing any more. */
  async hide(): Promise<void> {
    this.codes.takeDown()
    await this.#door.review()
  }

  /** Links with the computer that shows `typed`, for the shelf of a profile. Null = it's done. */
  async join(typed: string, profile: string, address: string | null): Promise<LinkProblem | null> {
    const { store, name } = this.#parts
    const code = parseLinkCode(typed)
    if (code === null) return 'code'
    if (code === this.codes.current?.code) return 'own-code'
    const isChild = this.#parts.isChild(profile)
    if (store.isFull || isChild === null) return 'full'
    const whose = { keys: keysOfCode(code), side: 'typed' } as const
    const where = { typed: address, last: null }
    return linkOutcome(
      () =>
        reachOther({ ...this.#parts, places: this.#places }, whose, where, (messages, at) =>
          pairTyped(messages, { name, isChild }, async (paired) => {
            const id = await this.#keep(paired, profile, 'typed', at)
            return () => this.unlink(id)
          }),
        ),
      this.#parts.log,
    )
  }

  /** Brings a link's shelves together now. Null = they are the same. */
  async sync(id: string, address: string | null): Promise<LinkProblem | null> {
    const { store, clock } = this.#parts
    const link = store.find(id)
    if (link === null) return 'not-found'
    const standing = this.standingOf(id)
    standing.triedMs = clock.nowMs()
    standing.changedMs = null
    standing.busy++
    const where = { typed: address, last: link.address }
    const problem = await linkOutcome(
      () =>
        reachOther(
          { ...this.#parts, places: this.#places },
          this.#entries.of(link),
          where,
          (messages, at) => this.#exchange(link, messages, at.host),
        ),
      this.#parts.log,
    )
    standing.busy--
    standing.problem = problem
    return problem
  }

  /** Forgets a link. The other computer is told nothing, and gets nothing any more. */
  async unlink(id: string): Promise<void> {
    await this.#remove((link) => link.id === id)
  }

  /** A profile is gone, and so are its links. */
  async forgetProfile(profile: string): Promise<void> {
    if (this.codes.current?.profile === profile) this.codes.takeDown()
    await this.#remove((link) => link.profile === profile)
  }

  /** Something on the shelf of a profile may be another now. */
  noteChange(profile: string): void {
    for (const link of this.links)
      if (link.profile === profile) this.standingOf(link.id).changedMs ??= this.#parts.clock.nowMs()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    this.#looking?.cancel()
    await this.#door[Symbol.asyncDispose]()
  }

  #ring(): RingEntry[] {
    const code = this.codes.current
    const links = this.links.map((link) => this.#entries.of(link))
    if (code === null) return links
    return [{ keys: code.keys, side: 'shown', purpose: { kind: 'pairing' } }, ...links]
  }

  async #onOther(entry: RingEntry, messages: MessageStream, remote: SocketAddress): Promise<void> {
    const { purpose } = entry
    if (purpose.kind === 'pairing') return this.#pair(messages)
    const link = this.#parts.store.find(purpose.id)
    if (link === null) return
    const standing = this.standingOf(link.id)
    standing.busy++
    try {
      await this.#exchange(link, messages, remote.host)
      standing.problem = null
    } finally {
      standing.busy--
    }
  }

  async #pair(messages: MessageStream): Promise<void> {
    const { store, name } = this.#parts
    const code = this.codes.current
    const isChild = code === null ? null : this.#parts.isChild(code.profile)
    if (code === null || isChild === null) return
    await pairShown(messages, { name, isChild, isFull: store.isFull }, async (paired) => {
      // One code, one computer: whoever comes second finds it used up.
      if (!this.codes.takeDown(code.code)) throw new LinkError('not-let-in', 'it is used up')
      const id = await this.#keep(paired, code.profile, 'shown', null)
      // Whoever typed the code comes first.
      this.standingOf(id).triedMs = this.#parts.clock.nowMs()
    })
  }

  async #exchange(link: StoredLink, messages: MessageStream, host: string): Promise<void> {
    const { store, clock, name } = this.#parts
    // It was unlinked a moment ago, or this is the end.
    const isLinked = !this.#isOver && store.find(link.id) !== null
    const shelf = isLinked ? await this.#parts.shelfOf(link.profile) : null
    if (shelf === null) throw new LinkError('broken', 'unlinked')
    const wallMs = (): number => clock.wallMs()
    const done = await exchangeShelves(messages, { shelf, name, port: this.#door.port, wallMs })
    const standing = this.standingOf(link.id)
    standing.aheadMs = done.aheadMs
    standing.triedMs = clock.nowMs()
    await store.note(link.id, {
      name: screenText(done.name),
      address: { host, port: done.port },
      syncedAtMs: wallMs(),
    })
  }

  async #keep(
    { secret, name }: Paired,
    profile: string,
    side: LinkSide,
    address: SocketAddress | null,
  ): Promise<string> {
    const id = randomBytes(8).toString('hex')
    const link = { id, profile, name: screenText(name), side, secret, address, syncedAtMs: null }
    if (!(await this.#parts.store.add(link))) throw new LinkError('full', 'too many links')
    await this.#door.review()
    return id
  }

  async #remove(isGone: (link: StoredLink) => boolean): Promise<void> {
    for (const link of this.links.filter(isGone)) this.#standings.forget(link.id)
    await this.#parts.store.remove(isGone)
    await this.#door.review()
  }

  #look(): void {
    const { clock, log } = this.#parts
    // A code whose time is over closes what was open for it.
    const isCodeOver = this.codes.isStale
    if (isCodeOver) this.codes.takeDown()
    for (const { id } of this.links) {
      const { changedMs, triedMs, problem, busy } = this.standingOf(id)
      const dueMs = nextSyncMs({ changedMs, triedMs, hasFailed: problem !== null })
      if (busy === 0 && dueMs <= clock.nowMs()) void this.sync(id, null)
    }
    const reviewing = isCodeOver ? this.#door.review() : this.#door.reviewSometimes()
    reviewing.catch((error: unknown) => log.error('links failed', { reason: messageOf(error) }))
    this.#looking = clock.setTimer(LOOK_MS, () => this.#look())
  }
}
