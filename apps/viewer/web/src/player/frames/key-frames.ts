import {
  CanvasSink,
  CustomSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
  type InputVideoTrack,
} from 'mediabunny'
import { drawnSize, standsFor, type FrameSize } from './frame-rule.ts'
import type { HereBytes } from './here-bytes.ts'

/** Metadata alone: no byte of a frame is read. */
const LOOK = { metadataOnly: true } as const

/** The key frames of a film, found by its own index and read from bytes that are here. */
export class KeyFrames implements Disposable {
  readonly #input: Input
  readonly #packets: EncodedPacketSink
  readonly #canvases: CanvasSink

  private constructor(input: Input, track: InputVideoTrack, size: FrameSize) {
    this.#input = input
    this.#packets = new EncodedPacketSink(track)
    this.#canvases = new CanvasSink(track, { ...size, fit: 'contain' })
  }

  /** `null` = there is no picture in it that this browser draws. Throws NotHereError, and what a broken film makes mediabunny throw. */
  static async open(bytes: HereBytes): Promise<KeyFrames | null> {
    const input = new Input({
      // Playlists aren't tried: one would have other addresses opened.
      formats: [MATROSKA, WEBM, MP4, QTFF],
      source: new CustomSource({
        getSize: () => bytes.length(),
        read: (start, end) => bytes.read(start, end),
        // Whoever asked is told by the promise that he waits for.
        handleUnhandledError: () => undefined,
      }),
    })
    try {
      const [track] = await input.getVideoTracks()
      if (track !== undefined && (await track.canDecode())) {
        const size = drawnSize(
          { width: await track.getCodedWidth(), height: await track.getCodedHeight() },
          { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() },
        )
        if (size !== null) return new KeyFrames(input, track, size)
      }
    } catch (error) {
      input.dispose()
      throw error
    }
    input.dispose()
    return null
  }

  /** The moment of the key frame that stands for another moment, in seconds; `null` = none does. Throws as {@link open}. */
  async find(seconds: number): Promise<number | null> {
    const packet =
      (await this.#packets.getKeyPacket(seconds, LOOK)) ??
      (await this.#packets.getFirstKeyPacket(LOOK))
    if (packet === null) return null
    const found = { seconds: packet.timestamp, bytes: packet.byteLength }
    return standsFor(found, seconds) ? found.seconds : null
  }

  /** Decodes a key frame by its moment, and draws it small. `null` = the decoder gave nothing. Throws as {@link open}. */
  async draw(seconds: number): Promise<OffscreenCanvas | HTMLCanvasElement | null> {
    return (await this.#canvases.getCanvas(seconds))?.canvas ?? null
  }

  [Symbol.dispose](): void {
    this.#input.dispose()
  }
}
