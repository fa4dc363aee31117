/** Nobody hears or sees so little: lips and voices seem to move at once. */
const CLOSE_SECONDS = 0.04
/** From here on the sound jumps; less is made up for by playing a little faster or slower. */
const FAR_SECONDS = 0.5
/** At most so much faster or slower: voices stay voices. */
const MOST_FASTER = 0.1

/** Where a film is, and a sound that is to be heard with it. */
export interface BesidePlace {
  readonly isFilmPlaying: boolean
  readonly filmSeconds: number
  readonly soundSeconds: number
  /** Of the film. */
  readonly rate: number
}

/** What the sound does so that it stays with the film. */
export interface BesideStep {
  readonly isPlaying: boolean
  /** Null = it goes on from where it is. */
  readonly seekToSeconds: number | null
  readonly rate: number
}

/** Keeps a sound with its film: far away it jumps, nearby it catches up without a gap. */
export function besideStep(place: BesidePlace): BesideStep {
  const { isFilmPlaying, filmSeconds, soundSeconds, rate } = place
  const behindSeconds = filmSeconds - soundSeconds
  const isFar = Math.abs(behindSeconds) > (isFilmPlaying ? FAR_SECONDS : CLOSE_SECONDS)
  const isClose = Math.abs(behindSeconds) <= CLOSE_SECONDS
  const faster = Math.min(MOST_FASTER, Math.max(-MOST_FASTER, behindSeconds))
  return {
    isPlaying: isFilmPlaying,
    seekToSeconds: isFar ? filmSeconds : null,
    rate: isFar || isClose || !isFilmPlaying ? rate : rate * (1 + faster),
  }
}

/** What of the film's element says that the sound has something to do. */
const EVENTS = [
  'playing',
  'pause',
  'waiting',
  'seeking',
  'seeked',
  'timeupdate',
  'ratechange',
  'volumechange',
  'ended',
  'emptied',
] as const

/** Sound in a file of its own that goes along with a film: begins, stands, jumps and is as loud as it. */
export class SoundBeside {
  readonly element = new Audio()
  readonly #film: HTMLMediaElement
  readonly #listening = new AbortController()

  /**
   * @param url of the sound's file
   * @param onHeard whether it sounds now: while its bytes are missing something else had better be heard
   */
  constructor(film: HTMLMediaElement, url: string, onHeard: (isHeard: boolean) => void) {
    this.#film = film
    this.element.preload = 'auto'
    this.element.src = url
    const { signal } = this.#listening
    for (const event of EVENTS) film.addEventListener(event, () => this.#follow(), { signal })
    this.element.addEventListener('canplay', () => this.#follow(), { signal })
    this.element.addEventListener('playing', () => onHeard(true), { signal })
    for (const event of ['waiting', 'ended', 'error'])
      this.element.addEventListener(event, () => onHeard(false), { signal })
    this.#follow()
  }

  /** Silent from here on. */
  close(): void {
    this.#listening.abort()
    this.element.pause()
    this.element.removeAttribute('src')
    this.element.load()
  }

  #follow(): void {
    const { element } = this
    const film = this.#film
    element.volume = film.volume
    element.muted = film.muted
    // Where it isn't yet it can't be put, and while it jumps it isn't anywhere.
    if (element.readyState === 0 || element.seeking) return
    const { isPlaying, seekToSeconds, rate } = besideStep({
      isFilmPlaying: !film.paused && !film.seeking && !film.ended && film.readyState >= 3,
      filmSeconds: film.currentTime,
      soundSeconds: element.currentTime,
      rate: film.playbackRate,
    })
    element.playbackRate = rate
    if (seekToSeconds !== null && seekToSeconds < element.duration)
      element.currentTime = seekToSeconds
    if (isPlaying && element.paused && !element.ended) element.play().catch(() => undefined)
    else if (!isPlaying && !element.paused) element.pause()
  }
}
