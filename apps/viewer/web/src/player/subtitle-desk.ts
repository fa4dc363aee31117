import type { Cue, SubtitleErrorCode } from '@matinee/media'
import { CueLine } from './cue-line.ts'
import type { SubtitleAct } from './player-state.ts'

/** Subtitles that can be chosen. */
export interface SubtitleTrack {
  readonly id: string
  /** A language's own name, or a file's. */
  readonly label: string
  /** BCP 47; null = not known. */
  readonly language: string | null
  readonly isForced: boolean
  /** The charset that a file of the viewer's own was read with; null = from the release. */
  readonly charset: string | null
}

/** Why there are no subtitles though some were asked for. `lost`: they didn't arrive. `slow`: reading took too long. */
export type SubtitleFault = SubtitleErrorCode | 'lost' | 'slow'

export interface SubtitleState {
  readonly tracks: readonly SubtitleTrack[]
  /** The track that is shown; null = none. */
  readonly chosenId: string | null
  /** Null while they are read, and when none are shown. */
  readonly line: CueLine | null
  /** Above 0 = later. A multiple of 50. */
  readonly delayMs: number
  readonly fault: { readonly fault: SubtitleFault; readonly name: string } | null
}

/** Gets subtitles. Rejections become a fault, by `faultOf`. */
export interface SubtitleSource {
  /** Of a track from the release. */
  read(trackId: string): Promise<readonly Cue[]>
  /** Of a file of the viewer's own; never more of it than the cap is read. */
  readFile(file: SubtitleFile): Promise<{ readonly charset: string; readonly cues: readonly Cue[] }>
  faultOf(error: unknown): SubtitleFault
}

/** A file that the viewer gives. */
export interface SubtitleFile {
  readonly name: string
  /** Throws away nothing: at most the cap and one byte come. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>
}

/** One step of the delay. */
export const DELAY_STEP_MS = 50
const LONGEST_DELAY_MS = 600_000
/** Own files that are kept for a film. */
const MAX_OWN_FILES = 20

/** The film's subtitles: which there are, which is shown, how much later. */
export class SubtitleDesk {
  readonly #source: SubtitleSource
  readonly #listeners = new Set<() => void>()
  readonly #ownLines = new Map<string, CueLine>()
  #state: SubtitleState = { tracks: [], chosenId: null, line: null, delayMs: 0, fault: null }
  #lastId: string | null = null
  #reading = 0
  #ownCount = 0

  constructor(source: SubtitleSource) {
    this.#source = source
  }

  /** The same object until something changes. */
  get state(): SubtitleState {
    return this.#state
  }

  /** Returns how to end it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /**
   * The film was opened, or opened anew: the tracks of its release. At first `wished` is shown, and
   * `lastId` is what "subtitles on" means; opened anew, the viewer's choice stays where it can.
   */
  begin(tracks: readonly SubtitleTrack[], wished: string | null, lastId: string | null): void {
    const isFirst = this.#state.tracks.length === 0
    const own = this.#state.tracks.filter(({ charset }) => charset !== null)
    this.#change({ tracks: [...tracks, ...own] })
    this.#lastId ??= lastId
    const chosen = isFirst ? wished : this.#state.chosenId
    if (chosen !== null && this.#has(chosen)) this.#choose(chosen)
    else this.#choose(null)
  }

  act(act: SubtitleAct): void {
    const { chosenId, delayMs } = this.#state
    switch (act.kind) {
      case 'toggle-subtitles':
        return this.#choose(chosenId === null ? this.#lastId : null)
      case 'subtitles-to':
        return this.#choose(act.trackId)
      case 'delay-by': {
        const wished = delayMs + act.step * DELAY_STEP_MS
        const bound = Math.max(-LONGEST_DELAY_MS, Math.min(LONGEST_DELAY_MS, wished))
        return this.#change({ delayMs: bound })
      }
      case 'reset-delay':
        return this.#change({ delayMs: 0 })
    }
  }

  /** Takes in a file of the viewer's own and shows it. A bad one changes nothing but the fault. */
  async add(file: SubtitleFile): Promise<void> {
    const reading = ++this.#reading
    try {
      const { charset, cues } = await this.#source.readFile(file)
      const id = `own ${++this.#ownCount}`
      const own = this.#state.tracks.filter((track) => track.charset !== null)
      const oldest = own.length >= MAX_OWN_FILES ? own[0]?.id : undefined
      if (oldest !== undefined) this.#ownLines.delete(oldest)
      this.#ownLines.set(id, new CueLine(cues))
      const track = { id, label: file.name, language: null, isForced: false, charset }
      this.#change({
        tracks: [...this.#state.tracks.filter((other) => other.id !== oldest), track],
      })
      this.#choose(id)
    } catch (error) {
      if (reading === this.#reading)
        this.#change({ fault: { fault: this.#source.faultOf(error), name: file.name } })
    }
  }

  /** The viewer has read what was wrong. */
  forgetFault(): void {
    this.#change({ fault: null })
  }

  #choose(id: string | null): void {
    const reading = ++this.#reading
    this.#lastId = id ?? this.#state.chosenId ?? this.#lastId
    const track = this.#state.tracks.find((candidate) => candidate.id === id)
    const ownLine = track === undefined ? undefined : this.#ownLines.get(track.id)
    this.#change({ chosenId: track?.id ?? null, line: ownLine ?? null, fault: null })
    if (track === undefined || ownLine !== undefined) return
    this.#source.read(track.id).then(
      (cues) => {
        if (reading === this.#reading) this.#change({ line: new CueLine(cues) })
      },
      (error: unknown) => {
        if (reading === this.#reading)
          this.#change({ fault: { fault: this.#source.faultOf(error), name: track.label } })
      },
    )
  }

  #has(id: string): boolean {
    return this.#state.tracks.some((track) => track.id === id)
  }

  #change(part: Partial<SubtitleState>): void {
    this.#state = { ...this.#state, ...part }
    for (const listener of this.#listeners) listener()
  }
}

/**
 * The track to begin with: the first wished language that there is (`fr` takes `fr-CA`), spoken parts only as
 * a last resort; null = none wished or none there.
 */
export function pickTrack(
  tracks: readonly SubtitleTrack[],
  languages: readonly string[],
): string | null {
  const main = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? ''
  for (const wished of languages) {
    const [best] = tracks
      .filter(({ language }) => language !== null && main(language) === main(wished))
      .toSorted(
        (a, b) =>
          Number(a.isForced) - Number(b.isForced) ||
          Number(b.language === wished) - Number(a.language === wished),
      )
    if (best !== undefined) return best.id
  }
  return null
}
