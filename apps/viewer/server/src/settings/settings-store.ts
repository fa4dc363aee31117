import { settingsSchema, type Settings } from '#api'
import type { Log } from '@matinee/base'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readDataFile } from '../session/data-file.ts'
import { DATA_VERSIONS } from '../session/newer-data.ts'
import { writePrivateFile } from '../session/private-folder.ts'
import { firstSettings } from './first-settings.ts'
import { freeBytesAt } from './media-folder.ts'

const fileSchema = z.object({
  version: z.literal(DATA_VERSIONS.settings),
  settings: settingsSchema,
})

const KIND = {
  parse: (text: string) => fileSchema.parse(JSON.parse(text)),
  version: DATA_VERSIONS.settings,
  unread: 'the settings could not be read; they were put aside',
}

/** What the viewer decided, in `settings.json` of the data folder. */
export class SettingsStore {
  readonly #path: string
  readonly #listeners = new Set<(settings: Settings) => void>()
  /** The folder that this run keeps films in. */
  readonly mediaFolder: string
  #current: Settings
  #isSettled: boolean

  private constructor(path: string, current: Settings, isSettled: boolean) {
    this.#path = path
    this.#current = current
    this.#isSettled = isSettled
    this.mediaFolder = current.mediaFolder
  }

  /**
   * Reads what was decided; without it, what we propose holds. A file that can't be read is put aside, and said to
   * `log`. Throws NewerDataError for one of a newer Matinee, which is left as it is.
   *
   * @param locale the system's (BCP 47)
   */
  static async open(dataFolder: string, locale: string, log: Log): Promise<SettingsStore> {
    const path = join(dataFolder, 'settings.json')
    const read = await readDataFile(path, KIND, log)
    if (read !== null) return new SettingsStore(path, read.settings, true)
    const mediaFolder = join(dataFolder, 'media')
    const freeBytes = await freeBytesAt(dataFolder)
    return new SettingsStore(path, firstSettings({ locale, mediaFolder, freeBytes }), false)
  }

  get current(): Settings {
    return this.#current
  }

  /** False until somebody decided. */
  get isSettled(): boolean {
    return this.#isSettled
  }

  /** Whether something that was decided holds only from the next start on. */
  get needsRestart(): boolean {
    return this.#current.mediaFolder !== this.mediaFolder
  }

  /** Settles. On the disk when it returns; listeners have been told. Throws what the file system throws. */
  async save(settings: Settings): Promise<void> {
    await writePrivateFile(
      this.#path,
      `${JSON.stringify({ version: DATA_VERSIONS.settings, settings }, null, 2)}\n`,
    )
    this.#current = settings
    this.#isSettled = true
    for (const listener of this.#listeners) listener(settings)
  }

  /** Tells `listener` of every change. Returns how to stop. */
  subscribe(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
