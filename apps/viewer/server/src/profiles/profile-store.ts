import { MOST_PROFILES, type ProfileDraft } from '#api'
import { TurnQueue, assert, type Log } from '@matinee/base'
import type { AgeLimit } from '@matinee/catalogue'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readDataFile } from '../session/data-file.ts'
import { DATA_VERSIONS } from '../session/newer-data.ts'
import { writePrivateFile } from '../session/private-folder.ts'
import { hashPin, isPin } from './pin-hash.ts'
import { NO_TRIES, pinWaitMs } from './pin-pace.ts'
import {
  FIRST_PROFILE,
  LONE_PROFILE,
  formatProfiles,
  parseProfiles,
  type StoredProfile,
} from './profile-file.ts'

/** What a PIN that was given is. */
export type PinAnswer = 'right' | 'pin' | 'pin-wait'

const KIND = {
  parse: parseProfiles,
  version: DATA_VERSIONS.profiles,
  unread: 'the profiles could not be read; they were put aside',
}

/** The profiles of this installation, in `profiles.json` of the data folder. Every change is on the disk when it returns. */
export class ProfileStore {
  readonly #path: string
  readonly #wallMs: () => number
  #profiles: readonly StoredProfile[]
  /** Changes wait for each other. */
  readonly #turns = new TurnQueue()

  private constructor(path: string, wallMs: () => number, profiles: readonly StoredProfile[]) {
    this.#path = path
    this.#wallMs = wallMs
    this.#profiles = profiles
  }

  /**
   * Without a file there is one profile, to whom belongs what is there. A file that can't be read is put aside, and said to
   * `log`. Throws NewerDataError for one of a newer Matinee, which is left as it is.
   */
  static async open(dataFolder: string, log: Log, wallMs: () => number): Promise<ProfileStore> {
    const path = join(dataFolder, 'profiles.json')
    const read = await readDataFile(path, KIND, log)
    return new ProfileStore(path, wallMs, read ?? [LONE_PROFILE])
  }

  /** The first one first. */
  get all(): readonly StoredProfile[] {
    return this.#profiles
  }

  /** Null = there is none any more. */
  find(id: string): StoredProfile | null {
    return this.#profiles.find((each) => each.id === id) ?? null
  }

  /** Null when there are enough. */
  add(draft: ProfileDraft): Promise<StoredProfile | null> {
    return this.#turns.run(async () => {
      if (this.#profiles.length >= MOST_PROFILES) return null
      const id = randomBytes(8).toString('hex')
      const added = { ...draft, id, pin: null, tries: NO_TRIES }
      await this.#keep([...this.#profiles, added])
      return added
    })
  }

  /** Null when there is no such profile, or it's the first one and would be a child's. */
  change(id: string, draft: ProfileDraft): Promise<StoredProfile | null> {
    return this.#turns.run(async () => {
      if (id === FIRST_PROFILE && draft.ageLimit !== null) return null
      return this.#replace(id, (known) => ({ ...known, ...draft }))
    })
  }

  /** Sets the PIN, or takes it away. Null as in {@link change}. */
  async setPin(id: string, pin: string | null): Promise<StoredProfile | null> {
    const hash = pin === null ? null : await hashPin(pin)
    return this.#turns.run(() =>
      this.#replace(id, (known) => ({ ...known, pin: hash, tries: NO_TRIES })),
    )
  }

  /** False when there is none, or it's the first one. */
  remove(id: string): Promise<boolean> {
    return this.#turns.run(async () => {
      if (id === FIRST_PROFILE || this.find(id) === null) return false
      await this.#keep(this.#profiles.filter((each) => each.id !== id))
      return true
    })
  }

  /** For how long no PIN of it is looked at. */
  waitMs({ tries }: StoredProfile): number {
    return pinWaitMs(tries, this.#wallMs())
  }

  /**
   * Looks at a PIN. A profile without one takes any.
   *
   * A try counts as wrong, on the disk, before it's looked at: whoever ends the program meanwhile has had it.
   */
  tryPin(id: string, pin: string | null): Promise<PinAnswer> {
    return this.#turns.run(async () => {
      const known = this.find(id)
      if (known === null) return 'pin'
      if (known.pin === null) return 'right'
      if (pin === null) return 'pin'
      if (this.waitMs(known) > 0) return 'pin-wait'
      const tries = { wrong: known.tries.wrong + 1, lastMs: this.#wallMs() }
      await this.#replace(id, (each) => ({ ...each, tries }))
      if (!(await isPin(pin, known.pin))) return 'pin'
      await this.#replace(id, (each) => ({ ...each, tries: NO_TRIES }))
      return 'right'
    })
  }

  async #replace(
    id: string,
    change: (known: StoredProfile) => StoredProfile,
  ): Promise<StoredProfile | null> {
    const known = this.find(id)
    if (known === null) return null
    const changed = change(known)
    await this.#keep(this.#profiles.map((each) => (each.id === id ? changed : each)))
    return changed
  }

  async #keep(profiles: readonly StoredProfile[]): Promise<void> {
    assert(profiles[0]?.id === FIRST_PROFILE, 'the first profile stays')
    await writePrivateFile(this.#path, formatProfiles(profiles))
    this.#profiles = profiles
  }
}

/** What a profile may see; null = everything. */
export function agesOf({ ageLimit, withUnrated }: StoredProfile): AgeLimit | null {
  return ageLimit === null ? null : { years: ageLimit, withUnrated }
}
