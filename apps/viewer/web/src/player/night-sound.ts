/** Loud is softer and voices are nearer: for a sleeping house. Decibels, hertz, seconds. */
const VOICE = { frequency: 2500, q: 0.8, gainDb: 5 }
const COMPRESSOR = { threshold: -38, knee: 18, ratio: 8, attack: 0.004, release: 0.25 }
/** What compressing takes away is given back, a little less. */
const MAKE_UP = 1.9

/** The ways to the loudspeaker. */
interface SoundGraph {
  readonly context: AudioContext
  readonly night: AudioNode
  /** NOTE: a film whose sound goes nowhere at all stands still. */
  readonly silence: AudioNode
  /** Once an element's sound goes through here, it goes no other way. */
  readonly sources: Map<HTMLMediaElement, AudioNode>
}

/** The film's sound on its way out, its own or another in its place: as it is, or for the night. */
export class NightSound {
  readonly #film: HTMLMediaElement
  #graph: SoundGraph | null = null
  #isNight = false
  #instead: HTMLMediaElement | null = null

  constructor(film: HTMLMediaElement) {
    this.#film = film
  }

  /** Changes at once. Until it's switched on first, the sound goes no other way than it always did. */
  set(isNight: boolean): void {
    if (isNight === this.#isNight) return
    this.#isNight = isNight
    this.#connect()
  }

  /** What is heard in the place of the film's own sound; null = that. */
  hear(instead: HTMLMediaElement | null): void {
    if (instead === this.#instead) return
    this.#instead = instead
    this.#connect()
  }

  /** Gives the sound card back. */
  close(): void {
    void this.#graph?.context.close().catch(() => undefined)
    this.#graph = null
  }

  #connect(): void {
    const { context, night, silence, sources } = (this.#graph ??= openGraph())
    for (const element of [this.#film, this.#instead])
      if (element !== null && !sources.has(element))
        sources.set(element, context.createMediaElementSource(element))
    const heard = this.#instead ?? this.#film
    for (const [element, source] of sources) {
      source.disconnect()
      const way = this.#isNight ? night : context.destination
      source.connect(element === heard ? way : silence)
    }
    // After a gesture only: pressing play was one.
    if (context.state === 'suspended') void context.resume().catch(() => undefined)
  }
}

function openGraph(): SoundGraph {
  const context = new AudioContext()
  const voice = new BiquadFilterNode(context, {
    type: 'peaking',
    frequency: VOICE.frequency,
    Q: VOICE.q,
    gain: VOICE.gainDb,
  })
  const compressor = new DynamicsCompressorNode(context, COMPRESSOR)
  const makeUp = new GainNode(context, { gain: MAKE_UP })
  voice.connect(compressor).connect(makeUp).connect(context.destination)
  const silence = new GainNode(context, { gain: 0 })
  silence.connect(context.destination)
  return { context, night: voice, silence, sources: new Map() }
}
