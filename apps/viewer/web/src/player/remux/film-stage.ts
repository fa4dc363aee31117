import type { FilmPlan } from '#api'
import { openBuiltWorker } from '../built-worker.ts'
import type { GrownCues } from '../film-subtitles.ts'
import { PieceBuffer } from './piece-buffer.ts'
import type { FilmSubtitles, PieceStream, RemuxNews, RemuxOrder } from './remux-message.ts'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the built worker
import workerUrl from './remux-worker.ts?worker&url'
import { SoundFeed, type FetchSound } from './sound-feed.ts'

/** So far ahead of the picture pieces are taken out of the film. */
const AHEAD_SECONDS = 30
/** Two moments so near are one: a run begins at a frame, not at the moment asked for. */
const NEAR_SECONDS = 1
/** What is so near ahead of a run is waited for. */
const WAITED_SECONDS = 5
const TICK_MS = 250

/** What a stage tells. */
export interface FilmStageListener {
  onSubtitles(tracks: readonly FilmSubtitles[]): void
  onCues(at: number, grown: GrownCues): void
  /** It can't go on. `sound`: what makes the sound gives none. */
  onFailed(why: 'network' | 'format' | 'sound'): void
}

/** How a film is taken apart. */
export interface FilmStageOptions extends FilmStageListener {
  /** Absolute. */
  readonly mediaUrl: string
  readonly plan: Extract<FilmPlan, { kind: 'remux' }>
  /** 0 = not known. */
  readonly durationSeconds: number
  /** Where the film begins, or goes on. */
  readonly startSeconds: number
  readonly video: HTMLVideoElement
  readonly fetchSound: FetchSound
}

/**
 * A film that no browser plays as it is, played: a worker takes it apart, and the browser is given pieces of
 * picture and sound, from wherever the viewer goes, never much more than is needed.
 */
export class FilmStage {
  /** What the video element plays. */
  readonly url: string
  readonly #options: FilmStageOptions
  readonly #source = new MediaSource()
  readonly #worker: Worker
  readonly #listening = new AbortController()
  readonly #buffers = new Map<PieceStream, PieceBuffer>()
  #feed: SoundFeed | null = null
  #run = 0
  /** Where the run of now began. */
  #runSeconds = 0
  #ticking: ReturnType<typeof setInterval> | null = null

  constructor(options: FilmStageOptions) {
    this.#options = options
    this.url = URL.createObjectURL(this.#source)
    this.#worker = openBuiltWorker('matinee-remux', workerUrl)
    this.#worker.addEventListener('message', ({ data }: MessageEvent<RemuxNews>) =>
      this.#hear(data),
    )
    this.#worker.addEventListener('error', () => options.onFailed('format'))
    const { picture, sound } = options.plan
    this.#order({
      kind: 'open',
      url: options.mediaUrl,
      picture,
      sound: sound.kind === 'copy' ? { track: sound.track, container: sound.container } : null,
    })
    const { signal } = this.#listening
    for (const name of ['seeking', 'timeupdate', 'waiting'] as const)
      options.video.addEventListener(name, () => this.#look(), { signal })
  }

  /** Lets go of worker, pieces and address. The stage isn't used afterwards. */
  close(): void {
    this.#listening.abort()
    if (this.#ticking !== null) clearInterval(this.#ticking)
    this.#feed?.close()
    for (const buffer of this.#buffers.values()) buffer.close()
    this.#order({ kind: 'close' })
    // What hangs in a strange file doesn't hear.
    setTimeout(() => this.#worker.terminate(), 1000)
    URL.revokeObjectURL(this.url)
  }

  #order(order: RemuxOrder): void {
    this.#worker.postMessage(order)
  }

  #hear(news: RemuxNews): void {
    if (this.#listening.signal.aborted) return
    const options = this.#options
    switch (news.kind) {
      case 'opened':
        void this.#begin(news)
        return
      case 'subtitles':
        return options.onSubtitles(news.tracks)
      case 'cues':
        return options.onCues(news.at, news)
      case 'piece':
        if (news.run === this.#run)
          this.#buffers
            .get(news.stream)
            ?.add({ bytes: news.bytes, offsetSeconds: news.startSeconds })
        return
      case 'end':
        if (news.run === this.#run) this.#buffers.get(news.stream)?.end()
        return
      case 'failed':
        return options.onFailed(news.why)
    }
  }

  async #begin({ types, durationSeconds }: Extract<RemuxNews, { kind: 'opened' }>): Promise<void> {
    await opened(this.#source)
    if (this.#listening.signal.aborted) return
    const options = this.#options
    const { sound } = options.plan
    const soundType = sound.kind === 'transcode' ? sound.type : types.sound
    try {
      const length = durationSeconds > 0 ? durationSeconds : options.durationSeconds
      if (length > 0) this.#source.duration = length
      this.#addBuffer('picture', types.picture ?? '')
      if (soundType !== null) this.#addBuffer('sound', soundType)
    } catch {
      // The browser said that it plays this kind, and doesn't want this one.
      options.onFailed('format')
      return
    }
    const buffer = this.#buffers.get('sound')
    if (sound.kind === 'transcode' && buffer !== undefined)
      this.#feed = new SoundFeed({
        fetch: (...asked) => options.fetchSound(...asked),
        buffer,
        mayGoOn: () => buffer.endFrom(this.#now) < this.#now + AHEAD_SECONDS,
        onBroken: () => options.onFailed('sound'),
      })
    this.#runFrom(this.#now)
    this.#ticking = setInterval(() => this.#look(), TICK_MS)
  }

  #addBuffer(stream: PieceStream, type: string): void {
    const parts = {
      now: () => this.#now,
      onChange: () => this.#look(),
      onBroken: () => this.#options.onFailed('format'),
    }
    this.#buffers.set(stream, new PieceBuffer(this.#source.addSourceBuffer(type), parts))
  }

  get #now(): number {
    const { video, startSeconds } = this.#options
    // Before the first piece the element is at 0, wherever it's going to begin.
    return video.readyState === 0 ? startSeconds : video.currentTime
  }

  /** How far the film goes on from now: as far as all streams do; what has ended goes on forever. */
  get #endSeconds(): number {
    let end = Infinity
    for (const buffer of this.#buffers.values()) {
      const own = buffer.endFrom(this.#now)
      if (!buffer.hasEnded || own <= this.#now) end = Math.min(end, own)
    }
    return end
  }

  #runFrom(seconds: number): void {
    this.#run++
    this.#runSeconds = seconds
    for (const buffer of this.#buffers.values()) buffer.restart()
    this.#feed?.from(seconds)
    this.#order({ kind: 'until', seconds: seconds + AHEAD_SECONDS })
    this.#order({ kind: 'from', seconds, run: this.#run })
  }

  /** Goes on where the film will need it next. */
  #look(): void {
    if (this.#buffers.size === 0 || this.#listening.signal.aborted) return
    const now = this.#now
    const end = this.#endSeconds
    const { duration } = this.#source
    const isAll = [...this.#buffers.values()].every((buffer) => buffer.hasEnded)
    if (this.#source.readyState === 'open' && isAll) {
      this.#source.endOfStream()
      return
    }
    this.#order({ kind: 'until', seconds: now + AHEAD_SECONDS })
    if (end === Infinity || end >= duration - NEAR_SECONDS / 2) return
    if (!this.#isOnItsWay(end) && end < now + AHEAD_SECONDS / 2) this.#runFrom(end)
  }

  /** Whether the run of now brings what is missing from a moment on, and soon. */
  #isOnItsWay(seconds: number): boolean {
    let reached = Infinity
    for (const buffer of this.#buffers.values())
      reached = Math.min(reached, buffer.hasEnded ? Infinity : buffer.endFrom(this.#runSeconds))
    return (
      seconds >= this.#runSeconds - NEAR_SECONDS &&
      seconds <= reached + WAITED_SECONDS &&
      reached <= seconds + NEAR_SECONDS
    )
  }
}

function opened(source: MediaSource): Promise<void> {
  if (source.readyState === 'open') return Promise.resolve()
  return new Promise((resolve) => {
    source.addEventListener('sourceopen', () => resolve(), { once: true })
  })
}
