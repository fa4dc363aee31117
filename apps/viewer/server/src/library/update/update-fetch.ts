/**
 * Has the announced archive fetched when somebody asks for it, and remembers that over a restart.
 *
 *     absent → fetching ⇄ paused,  fetching → checking → saved | failed
 *
 * Nothing of it is ever unpacked or run. What isn't announced any more goes.
 */
import type { UpdateFetchState } from '#api'
import { TurnQueue, messageOf } from '@matinee/base'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { removeCopy } from '../streams/disk-budget.ts'
import { isSameArchive, type NamedArchive } from './update-folder.ts'
import { UpdateRun, hindranceOf, type UpdateEnd, type UpdateRunParts } from './update-run.ts'

/** What fetching asks of the viewer. */
export interface UpdateFetchParts extends UpdateRunParts {
  /** Absolute; where the engine keeps what it fetches. */
  readonly mediaFolder: string
}

type Phase =
  | { readonly kind: 'absent' | 'saved' }
  | Extract<UpdateFetchState, { kind: 'paused' | 'failed' }>
  | { readonly kind: 'running'; readonly run: UpdateRun }

/** The archive of the newer version: one at a time, and never without having been asked for. */
export class UpdateFetch implements AsyncDisposable {
  readonly #parts: UpdateFetchParts
  #archive: NamedArchive | null = null
  #phase: Phase = { kind: 'absent' }
  readonly #turns = new TurnQueue()
  #isClosed = false

  constructor(parts: UpdateFetchParts) {
    this.#parts = parts
  }

  /** Whether a folder of the engine's holds what came of it: it isn't deleted to make room. */
  isOpen(torrent: string): boolean {
    const { kind } = this.#phase
    return (kind === 'running' || kind === 'paused') && this.#archive?.infoHash === torrent
  }

  /**
   * How it stands with what is announced; null = nothing newer is. What was fetched for another goes, and what was asked for
   * before the program ended is gone on with. Throws what the file system throws.
   */
  look(archive: NamedArchive | null): Promise<UpdateFetchState> {
    return this.#turns.run(async () => {
      await this.#take(archive)
      return archive === null ? { kind: 'absent', hinders: null } : this.#stateOf(archive)
    })
  }

  /** Fetches it, or goes on, unless something hinders that. Throws what the file system throws. */
  begin(archive: NamedArchive): Promise<void> {
    return this.#turns.run(async () => {
      await this.#take(archive)
      const phase = this.#phase
      if (phase.kind === 'running' || phase.kind === 'saved') return
      const { folder, mediaFolder } = this.#parts
      const wish = await folder.wish()
      if (wish === null) {
        this.#phase = { kind: 'absent' }
        if ((await hindranceOf(archive, 0, this.#parts)) !== null) return
        // A film's copy may be called so: it isn't ours to write to, nor to delete.
        if (await isThere(join(mediaFolder, archive.infoHash))) {
          this.#phase = { kind: 'failed', why: 'in-use' }
          return
        }
      }
      await folder.putWish({ archive, isPaused: false, hereBytes: 0 })
      this.#start(archive)
    })
  }

  /** Fetches no more for now; what came stays. Throws what the file system throws. */
  pause(): Promise<void> {
    return this.#turns.run(async () => {
      const [archive, phase] = [this.#archive, this.#phase]
      if (phase.kind !== 'running' || archive === null) return
      const { hereBytes } = phase.run
      await phase.run.close()
      if ((await phase.run.ended) !== 'stopped') return
      await this.#parts.folder.putWish({ archive, isPaused: true, hereBytes })
      this.#phase = { kind: 'paused', hereBytes }
    })
  }

  /** Fetches it no more, and deletes what is here of it. Throws what the file system throws. */
  drop(): Promise<void> {
    return this.#turns.run(() => this.#forget(null))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    await this.#turns.run(async () => {
      if (this.#phase.kind === 'running') await this.#phase.run.close()
    })
  }

  /** Goes over to what is announced now. */
  async #take(archive: NamedArchive | null): Promise<void> {
    const before = this.#archive
    if (before !== null && archive !== null && isSameArchive(before, archive)) return
    const { folder } = this.#parts
    const wish = await folder.wish()
    const isWished = wish !== null && archive !== null && isSameArchive(wish.archive, archive)
    if (!isWished) await this.#forget(archive)
    this.#archive = archive
    if (archive === null) return
    if (await folder.has(archive)) this.#phase = { kind: 'saved' }
    else if (!isWished) this.#phase = { kind: 'absent' }
    else if (wish.isPaused) this.#phase = { kind: 'paused', hereBytes: wish.hereBytes }
    else this.#start(archive)
  }

  /** Deletes all that is here but the archive `except`. */
  async #forget(except: NamedArchive | null): Promise<void> {
    if (this.#phase.kind === 'running') await this.#phase.run.close()
    this.#phase = { kind: 'absent' }
    await this.#dropParts()
    await this.#parts.folder.keepOnly(except)
  }

  /** What lies in the engine's folder is ours only when it was wished for. */
  async #dropParts(): Promise<void> {
    const { folder, mediaFolder } = this.#parts
    const wish = await folder.wish()
    if (wish === null) return
    await removeCopy(mediaFolder, wish.archive.infoHash)
    await folder.dropWish()
  }

  #start(archive: NamedArchive): void {
    if (this.#isClosed) return
    const run = new UpdateRun(this.#parts, archive)
    this.#phase = { kind: 'running', run }
    void run.ended
      .then((end) => this.#turns.run(() => this.#finish(run, end)))
      .catch((error: unknown) => {
        this.#parts.log.warn('newer version not put away', { reason: messageOf(error) })
      })
  }

  async #finish(run: UpdateRun, end: UpdateEnd): Promise<void> {
    const phase = this.#phase
    if (end === 'stopped' || phase.kind !== 'running' || phase.run !== run) return
    this.#phase =
      end === 'saved' || end === 'gone'
        ? { kind: end === 'saved' ? 'saved' : 'absent' }
        : { kind: 'failed', why: end }
    // What the disk refused may come another time; what came of it isn't lost.
    if (end === 'in-use') await this.#parts.folder.dropWish()
    else if (end !== 'disk') await this.#dropParts()
  }

  async #stateOf(archive: NamedArchive): Promise<UpdateFetchState> {
    const phase = this.#phase
    switch (phase.kind) {
      case 'absent':
        return { kind: 'absent', hinders: await hindranceOf(archive, 0, this.#parts) }
      case 'running':
        return phase.run.state
      case 'saved':
        return { kind: 'saved', path: this.#parts.folder.pathOf(archive) }
      case 'paused':
      case 'failed':
        return phase
    }
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
