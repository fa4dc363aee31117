import type { Settings, SettingsPage } from '#api'
import type { SettingsStore } from '../settings/settings-store.ts'
import { FIRST_PROFILE, LONE_PROFILE } from './profile-file.ts'
import type { ProfileStore } from './profile-store.ts'

/** The settings as one profile has them: its languages are its own, all else is the installation's. */
export class OwnSettings {
  readonly #settings: SettingsStore
  readonly #profiles: ProfileStore
  readonly #id: string

  constructor(settings: SettingsStore, profiles: ProfileStore, id: string) {
    this.#settings = settings
    this.#profiles = profiles
    this.#id = id
  }

  /** Whose they are, as pages are told; `count` of all profiles. */
  profile(count: number): SettingsPage['profile'] {
    const { id, name, picture, ageLimit } = this.#profiles.find(this.#id) ?? LONE_PROFILE
    return { id, name, picture, isChild: ageLimit !== null, isAlone: count === 1 }
  }

  get current(): Settings {
    const own = this.#id === FIRST_PROFILE ? null : this.#profiles.find(this.#id)
    const { languages, subtitles } = own ?? this.#settings.current
    return { ...this.#settings.current, languages, subtitles }
  }

  /** Throws what the file system throws. */
  async save(settings: Settings): Promise<void> {
    const own = this.#id === FIRST_PROFILE ? null : this.#profiles.find(this.#id)
    if (own === null) return this.#settings.save(settings)
    const { languages, subtitles } = settings
    await this.#profiles.change(this.#id, { ...own, languages, subtitles })
    const shared = this.#settings.current
    await this.#settings.save({
      ...settings,
      languages: shared.languages,
      subtitles: shared.subtitles,
    })
  }
}
