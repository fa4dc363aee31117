import { Listeners } from '../api/listeners.ts'
import { CueLine } from './cue-line.ts'
import { FilmSubtitlesShelf, type GrownCues } from './film-subtitles.ts'
import { OwnSubtitlesShelf } from './own-subtitles.ts'
import type { SubtitleAct } from './player-state.ts'
import { trackKey, withTiming, type TitleSubtitles } from './subtitle-memory.ts'
import { SubtitleSlot } from './subtitle-slot.ts'
import {
  DELAY_STEP_MS,
  IN_STEP,
  areFarApart,
  delayed,
  inStepWith,
  type HeardLine,
  type SubtitleTiming,
} from './subtitle-timing.ts'
import {
  pickTrack,
  type SubtitleFault,
  type SubtitleFile,
  type SubtitleSource,
  type SubtitleTrack,
} from './subtitle-track.ts'

export interface SubtitleState {
  readonly tracks: readonly SubtitleTrack[]
  /** The track that is shown; null = none. */
  readonly chosenId: string | null
  /** Null while they are read, and when none are shown. */
  readonly line: CueLine | null
  readonly timing: SubtitleTiming
  /** The track that is shown besides, for learners. Never the chosen one. */
  readonly secondId: string | null
  readonly secondLine: CueLine | null
  readonly secondTiming: SubtitleTiming
  readonly fault: { readonly fault: SubtitleFault; readonly name: string } | null
}

/** Where a title's subtitles are remembered. */
export interface SubtitleKeeper {
  /** What is remembered of the film's title. */
  title(): TitleSubtitles
  keep(title: TitleSubtitles): void
}

/** A film as it was opened. */
export interface OpenedSubtitles {
  readonly releaseId: string
  readonly tracks: readonly SubtitleTrack[]
  /** Shown at first, unless the title's own are remembered. */
  readonly wished: string | null
  /** What "subtitles on" means. */
  readonly lastId: string | null
}

const NOTHING: SubtitleState = {
  tracks: [],
  chosenId: null,
  line: null,
  timing: IN_STEP,
  secondId: null,
  secondLine: null,
  secondTiming: IN_STEP,
  fault: null,
}

/** The film's subtitles: which there are, which are shown, how much later and how fast. */
export class SubtitleDesk {
  readonly #source: SubtitleSource
  readonly #keeper: SubtitleKeeper
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  readonly #own: OwnSubtitlesShelf
  readonly #inFilm = new FilmSubtitlesShelf()
  readonly #main: SubtitleSlot
  readonly #second: SubtitleSlot
  #state = NOTHING
  #released: readonly SubtitleTrack[] = []
  #releaseId = ''
  #lastId: string | null = null
  #heard: HeardLine | null = null
  #isBegun = false
  #wasChosen = false
  #adding = 0

  constructor(source: SubtitleSource, keeper: SubtitleKeeper) {
    this.#source = source
    this.#keeper = keeper
    this.#own = new OwnSubtitlesShelf(source)
    const lineOf = ({ id }: SubtitleTrack): CueLine | Promise<CueLine> =>
      this.#inFilm.lineOf(id) ??
      this.#own.lineOf(id) ??
      source.read(id).then(({ cues, drawing }) => new CueLine(cues, drawing))
    const onChange: ConstructorParameters<typeof SubtitleSlot>[1] = (fault) =>
      this.#show(fault === null ? null : { fault: source.faultOf(fault.error), name: fault.name })
    this.#main = new SubtitleSlot(lineOf, onChange)
    this.#second = new SubtitleSlot(lineOf, onChange)
  }

  /** The same object until something changes. */
  get state(): SubtitleState {
    return this.#state
  }

  /** The film was opened, or opened anew: then the viewer's choices stay where they can. */
  begin({ releaseId, tracks, wished, lastId }: OpenedSubtitles): void {
    // What lies inside a film is known later: then the first choice is made once more.
    const isFirst = !this.#isBegun || (!this.#wasChosen && this.#state.chosenId === null)
    this.#isBegun = true
    this.#released = tracks.filter(({ inFilm }) => inFilm === undefined)
    this.#releaseId = releaseId
    this.#lastId ??= lastId
    const { language, second } = this.#keeper.title()
    const remembered = (tag: string | null): string | null =>
      tag === null ? null : pickTrack(tracks, [tag])
    const first = language === undefined ? wished : remembered(language)
    this.#main.choose(this.#track(isFirst ? first : this.#state.chosenId))
    const besides = isFirst ? remembered(second ?? null) : this.#state.secondId
    this.#second.choose(besides === this.#main.track?.id ? null : this.#track(besides))
  }

  /** What subtitles lie inside the film; those of a film before are forgotten. */
  openFilm(tracks: readonly SubtitleTrack[]): void {
    this.#inFilm.open(tracks)
    this.#show(this.#state.fault)
  }

  /** More lines of a track inside the film are known. */
  grow(trackId: string, grown: GrownCues): void {
    const track = this.#inFilm.grow(trackId, grown)
    const line = this.#inFilm.lineOf(trackId)
    if (track === null || line === null) return
    this.#main.grown(track, line)
    this.#second.grown(track, line)
    this.#show(this.#state.fault)
  }

  act(act: SubtitleAct): void {
    const { chosenId, timing } = this.#state
    switch (act.kind) {
      case 'toggle-subtitles':
        return this.#choose(chosenId === null ? this.#lastId : null)
      case 'subtitles-to':
        return this.#choose(act.trackId)
      case 'second-to': {
        const track = act.trackId === chosenId ? null : this.#track(act.trackId)
        this.#keeper.keep({ ...this.#keeper.title(), second: track?.language ?? null })
        return this.#second.choose(track)
      }
      case 'delay-by':
        this.#heard = null
        return this.#setTiming(delayed(timing, timing.delayMs + act.step * DELAY_STEP_MS))
      case 'reset-timing':
        this.#heard = null
        return this.#setTiming(IN_STEP)
      case 'stretch-to':
        this.#heard = null
        return this.#setTiming({ ...timing, stretch: act.stretch })
      case 'heard': {
        const { heard } = act
        this.#setTiming(inStepWith(timing, heard, this.#heard))
        // Heard again near the first: that one was a slip.
        if (this.#heard === null || !areFarApart(this.#heard, heard)) this.#heard = heard
        return undefined
      }
      case 'charset-to': {
        const file = chosenId === null ? null : this.#own.fileOf(chosenId)
        if (file !== null && chosenId !== null) void this.#read(file, act.charset, chosenId)
        return undefined
      }
    }
  }

  /** Takes in a file of the viewer's own and shows it. A bad one changes nothing but the fault. */
  async add(file: SubtitleFile): Promise<void> {
    await this.#read(file, null)
  }

  /** The viewer has read what was wrong. */
  forgetFault(): void {
    this.#show(null)
  }

  async #read(file: SubtitleFile, charset: string | null, trackId?: string): Promise<void> {
    const adding = ++this.#adding
    try {
      const id = await this.#own.read(file, charset, trackId)
      this.#choose(id)
    } catch (error) {
      if (adding === this.#adding)
        this.#show({ fault: this.#source.faultOf(error), name: file.name })
    }
  }

  #choose(id: string | null): void {
    this.#adding++
    this.#wasChosen = true
    this.#heard = null
    this.#lastId = id ?? this.#state.chosenId ?? this.#lastId
    const track = this.#track(id)
    // A file of the viewer's own is no language that the title could be remembered by.
    if (track === null || track.charset === null)
      this.#keeper.keep({ ...this.#keeper.title(), language: track?.language ?? null })
    if (track !== null && track.id === this.#second.track?.id) this.#second.choose(null)
    this.#main.choose(track)
  }

  #setTiming(timing: SubtitleTiming): void {
    const { track } = this.#main
    if (track === null) return
    const key = trackKey(track, this.#releaseId)
    this.#keeper.keep(withTiming(this.#keeper.title(), key, timing))
    this.#show(this.#state.fault)
  }

  #timingOf(track: SubtitleTrack | null): SubtitleTiming {
    if (track === null) return IN_STEP
    return this.#keeper.title().timings.get(trackKey(track, this.#releaseId)) ?? IN_STEP
  }

  #track(id: string | null): SubtitleTrack | null {
    return this.#tracks.find((track) => track.id === id) ?? null
  }

  get #tracks(): readonly SubtitleTrack[] {
    return [...this.#released, ...this.#inFilm.tracks, ...this.#own.tracks]
  }

  #show(fault: SubtitleState['fault']): void {
    const [main, second] = [this.#main, this.#second]
    this.#state = {
      tracks: this.#tracks,
      chosenId: main.track?.id ?? null,
      line: main.line,
      timing: this.#timingOf(main.track),
      secondId: second.track?.id ?? null,
      secondLine: second.line,
      secondTiming: this.#timingOf(second.track),
      fault,
    }
    this.#listeners.tell()
  }
}
