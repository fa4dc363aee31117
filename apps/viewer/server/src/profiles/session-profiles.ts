import type { ProfileStore } from './profile-store.ts'
import type { StoredProfile } from './profile-file.ts'

/**
 * Who watches in which browser, by its token's digest. Only in memory: with each start of Matinee it's asked anew, so that a
 * browser that was left open keeps nobody's PIN.
 */
export class SessionProfiles {
  readonly #store: Pick<ProfileStore, 'find' | 'all'>
  readonly #chosen = new Map<string, string>()

  constructor(store: Pick<ProfileStore, 'find' | 'all'>) {
    this.#store = store
  }

  /** Null = it has to be asked. A lone profile without a PIN is everybody's. */
  of(session: string): StoredProfile | null {
    const id = this.#chosen.get(session)
    if (id !== undefined) return this.#store.find(id)
    const [first, ...others] = this.#store.all
    return first !== undefined && others.length === 0 && first.pin === null ? first : null
  }

  /** From now on it's this profile's browser. */
  choose(session: string, id: string): void {
    this.#chosen.delete(session)
    this.#chosen.set(session, id)
    const [oldest] = this.#chosen.keys()
    if (this.#chosen.size > MOST_CHOICES && oldest !== undefined) this.#chosen.delete(oldest)
  }

  /** Nobody watches there any more. */
  leave(session: string): void {
    this.#chosen.delete(session)
  }

  /** Whoever watches with a profile elsewhere is asked again. */
  dismiss(id: string, but: string): void {
    for (const [session, chosen] of this.#chosen)
      if (chosen === id && session !== but) this.#chosen.delete(session)
  }
}

/** More than there are sessions. */
const MOST_CHOICES = 64
