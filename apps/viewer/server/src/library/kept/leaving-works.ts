import { SECOND_MS, messageOf } from '@matinee/base'
import type { Clock, Log, Timer } from '@matinee/base'
import { removeCopy } from '../streams/disk-budget.ts'
import type { KeptEntry, KeptFile } from './kept-file.ts'
import type { KeptTorrents } from './kept-torrent.ts'

/** So long something that was removed can be taken back. */
const RETURN_MS = 10 * SECOND_MS

/** What leaving needs. */
export interface LeavingParts {
  readonly file: KeptFile
  readonly torrents: KeptTorrents
  /** Absolute; where films are kept. */
  readonly mediaFolder: string
  readonly clock: Clock
  readonly log: Log
}

interface Leaving {
  readonly entry: KeptEntry
  readonly withData: boolean
  readonly timer: Timer
}

/** Releases that are kept no more, as long as that can be taken back. */
export class LeavingWorks implements AsyncDisposable {
  readonly #parts: LeavingParts
  readonly #leaving = new Map<string, Leaving>()
  #isClosed = false

  constructor(parts: LeavingParts) {
    this.#parts = parts
  }

  /** One that is leaving; `null` = it isn't. */
  entry(torrent: string): KeptEntry | null {
    return this.#leaving.get(torrent)?.entry ?? null
  }

  /** Keeps a release no more. Throws DiskError; then it's kept as it was. */
  async begin(entry: KeptEntry, withData: boolean): Promise<void> {
    const { torrent } = entry
    // NOTE: before it's dropped: what is neither kept nor leaving may be deleted to make room.
    this.#leaving.set(torrent, { entry, withData, timer: this.#endLater(torrent) })
    try {
      await this.#parts.file.drop(torrent)
    } catch (error) {
      this.#leaving.get(torrent)?.timer.cancel()
      this.#leaving.delete(torrent)
      throw error
    }
  }

  /**
   * Keeps a release: then it leaves no more, and otherwise it goes on leaving. False = there are as many as can be kept.
   * Throws DiskError.
   */
  async keep(entry: KeptEntry): Promise<boolean> {
    const { torrent } = entry
    this.#leaving.get(torrent)?.timer.cancel()
    let isKept = false
    try {
      isKept = await this.#parts.file.put(entry)
    } finally {
      const leaving = this.#leaving.get(torrent)
      if (isKept) this.#leaving.delete(torrent)
      else if (leaving !== undefined) this.#waitAgain(torrent, leaving)
    }
    return isKept
  }

  /** Nothing can be taken back any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const torrent of this.#leaving.keys()) await this.#end(torrent)
  }

  #endLater(torrent: string): Timer {
    return this.#parts.clock.setTimer(RETURN_MS, () => void this.#end(torrent))
  }

  #waitAgain(torrent: string, leaving: Leaving): void {
    this.#leaving.set(torrent, { ...leaving, timer: this.#endLater(torrent) })
  }

  /** What was removed is gone for good; while somebody watches it, its files wait. */
  async #end(torrent: string): Promise<void> {
    const { file, mediaFolder, torrents, log } = this.#parts
    const leaving = this.#leaving.get(torrent)
    if (leaving === undefined) return
    leaving.timer.cancel()
    this.#leaving.delete(torrent)
    // Somebody may still watch it: what is here of it may make way for others from now on.
    if (file.entry(torrent) === null) torrents.torrentOf(torrent)?.keep(false)
    if (!leaving.withData) return
    if (!(await torrents.drop(torrent))) {
      if (!this.#isClosed) this.#waitAgain(torrent, leaving)
      return
    }
    try {
      // It may have been kept anew meanwhile.
      if (file.entry(torrent) === null) await removeCopy(mediaFolder, torrent)
    } catch (error) {
      log.warn('kept files not deleted', { torrent, reason: messageOf(error) })
    }
  }
}
