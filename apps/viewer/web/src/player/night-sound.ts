/** Loud is softer and voices are nearer: for a sleeping house. Decibels, hertz, seconds. */
const VOICE = { frequency: 2500, q: 0.8, gainDb: 5 }
const COMPRESSOR = { threshold: -38, knee: 18, ratio: 8, attack: 0.004, release: 0.25 }
/** What compressing takes away is given back, a little less. */
const MAKE_UP = 1.9

/** The ways from the film to the loudspeaker. */
interface SoundGraph {
  readonly context: AudioContext
  readonly source: AudioNode
  readonly night: AudioNode
}

/** The film's sound on its way out: as it is, or for the night. */
export class NightSound {
  readonly #element: HTMLMediaElement
  #graph: SoundGraph | null = null
  #isOn = false

  constructor(element: HTMLMediaElement) {
    this.#element = element
  }

  /** Changes at once. Until it's switched on first, the sound goes no other way than it always did. */
  set(isOn: boolean): void {
    if (isOn === this.#isOn) return
    this.#isOn = isOn
    this.#graph ??= openGraph(this.#element)
    const { context, source, night } = this.#graph
    source.disconnect()
    source.connect(isOn ? night : context.destination)
    // After a gesture only: pressing play was one.
    if (context.state === 'suspended') void context.resume().catch(() => undefined)
  }

  /** Gives the sound card back. */
  close(): void {
    void this.#graph?.context.close().catch(() => undefined)
    this.#graph = null
  }
}

function openGraph(element: HTMLMediaElement): SoundGraph {
  const context = new AudioContext()
  const source = context.createMediaElementSource(element)
  const voice = new BiquadFilterNode(context, {
    type: 'peaking',
    frequency: VOICE.frequency,
    Q: VOICE.q,
    gain: VOICE.gainDb,
  })
  const compressor = new DynamicsCompressorNode(context, COMPRESSOR)
  const makeUp = new GainNode(context, { gain: MAKE_UP })
  voice.connect(compressor).connect(makeUp).connect(context.destination)
  return { context, source, night: voice }
}
