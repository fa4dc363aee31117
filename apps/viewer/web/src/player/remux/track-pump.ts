import type { PieceContainer } from '@matinee/media'
import {
  AppendOnlyStreamTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
  type EncodedPacket,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny'
import type { PieceStream, RemuxNews } from './remux-message.ts'

/** Fragments are at least so long; a fragment of pictures begins with a key frame. */
const FRAGMENT_SECONDS = 0.5

/** Where a pump's pieces go. */
type Tell = (news: Extract<RemuxNews, { kind: 'piece' | 'end' }>) => void

/** Takes the packets of one track out of a film and makes pieces of them, from any moment, never beyond where it may. */
export class TrackPump {
  readonly #track: InputVideoTrack | InputAudioTrack
  readonly #sink: EncodedPacketSink
  readonly #stream: PieceStream
  readonly #container: PieceContainer
  readonly #tell: Tell
  #run = -1
  #untilSeconds = 0
  #wake: () => void = () => undefined

  constructor(track: InputVideoTrack | InputAudioTrack, container: PieceContainer, tell: Tell) {
    this.#track = track
    this.#sink = new EncodedPacketSink(track)
    this.#stream = track.isVideoTrack() ? 'picture' : 'sound'
    this.#container = container
    this.#tell = tell
  }

  /** Its work may go on up to this moment. */
  until(seconds: number): void {
    this.#untilSeconds = seconds
    this.#wake()
  }

  /** Begins anew at the key frame at or before a moment. Rejects with what reading throws. */
  async from(seconds: number, run: number): Promise<void> {
    this.#run = run
    this.#wake()
    const first =
      this.#stream === 'picture'
        ? ((await this.#sink.getKeyPacket(seconds)) ?? (await this.#sink.getFirstKeyPacket()))
        : ((await this.#sink.getPacket(seconds)) ?? (await this.#sink.getFirstPacket()))
    if (run !== this.#run) return
    if (first !== null) {
      if (this.#container === 'mpeg') await this.#bare(first, run)
      else await this.#muxed(first, run, this.#container)
    }
    if (run === this.#run) this.#tell({ kind: 'end', stream: this.#stream, run })
  }

  /** Packets of this run, each when it may go on. */
  async *#packets(first: EncodedPacket, run: number): AsyncGenerator<EncodedPacket> {
    for await (const packet of this.#sink.packets(first)) {
      while (run === this.#run && packet.timestamp > this.#untilSeconds)
        await new Promise<void>((resolve) => (this.#wake = resolve))
      if (run !== this.#run) return
      yield packet
    }
  }

  async #muxed(first: EncodedPacket, run: number, container: 'mp4' | 'webm'): Promise<void> {
    const target = new AppendOnlyStreamTarget(
      new WritableStream({
        write: (bytes) => {
          if (run === this.#run) this.#piece(bytes, run, null)
        },
      }),
    )
    const output = new Output({
      target,
      format:
        container === 'mp4'
          ? new Mp4OutputFormat({
              fastStart: 'fragmented',
              minimumFragmentDuration: FRAGMENT_SECONDS,
            })
          : new WebMOutputFormat({
              appendOnly: true,
              minimumClusterDuration: FRAGMENT_SECONDS,
            }),
    })
    const add = await this.#sourceOf(output)
    await output.start()
    try {
      for await (const packet of this.#packets(first, run)) await add(packet)
      if (run === this.#run) await output.finalize()
    } finally {
      if (output.state !== 'finalized') await output.cancel()
    }
  }

  /** Bare MP3: its frames are pieces as they are. */
  async #bare(first: EncodedPacket, run: number): Promise<void> {
    let start: number | null = first.timestamp
    for await (const packet of this.#packets(first, run)) {
      this.#piece(packet.data, run, start)
      start = null
    }
  }

  async #sourceOf(output: Output): Promise<(packet: EncodedPacket) => Promise<void>> {
    const track = this.#track
    if (track.isVideoTrack()) {
      const codec = await track.getCodec()
      if (codec === null) throw new TypeError('a picture of no known codec')
      const source = new EncodedVideoPacketSource(codec)
      output.addVideoTrack(source, { rotation: await track.getRotation() })
      const decoderConfig = (await track.getDecoderConfig()) ?? undefined
      return (packet) => source.add(packet, decoderConfig && { decoderConfig })
    }
    if (!track.isAudioTrack()) throw new TypeError('neither picture nor sound')
    const codec = await track.getCodec()
    if (codec === null) throw new TypeError('a sound of no known codec')
    const source = new EncodedAudioPacketSource(codec)
    output.addAudioTrack(source)
    const decoderConfig = (await track.getDecoderConfig()) ?? undefined
    return (packet) => source.add(packet, decoderConfig && { decoderConfig })
  }

  #piece(bytes: Uint8Array, run: number, startSeconds: number | null): void {
    // A copy: what a muxer or a demuxer hands out may be a part of something larger.
    const own = new Uint8Array(bytes)
    this.#tell({ kind: 'piece', stream: this.#stream, run, startSeconds, bytes: own })
  }
}
