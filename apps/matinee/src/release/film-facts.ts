import { open } from 'node:fs/promises'
import { messageOf, spanLength, type ByteSpan } from '@matinee/base'
import { parseLanguage, type Language } from '@matinee/catalogue'
import { readIndex, type ContainerIndex } from '@matinee/media'
import {
  CustomSource,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny'
import { ReleaseError } from './release-order.ts'

/** The picture of a film. */
export interface VideoFacts {
  /** RFC 6381 as far as the file says it, else the container's own name. */
  readonly codec: string
  /** In pixels, as shown. */
  readonly width: number
  readonly height: number
  /** Pictures a second; `null` = too few to tell. */
  readonly frameRate: number | null
}

/** One track of sound. */
export interface SoundFacts {
  /** RFC 6381. */
  readonly codec: string
  /** `null` = the file doesn't say. */
  readonly language: Language | null
}

/** What a file of a film says about itself; nothing of it is decoded. */
export interface FilmFacts {
  /** Absolute. */
  readonly path: string
  readonly lengthBytes: number
  /** `other` = nothing that a browser reads. */
  readonly container: 'mp4' | 'webm' | 'matroska' | 'quicktime' | 'other'
  /** 0 = not known. */
  readonly durationSeconds: number
  readonly video: VideoFacts | null
  readonly sounds: readonly SoundFacts[]
  /** Where a player looks first; `null` = there is none that we can read. */
  readonly index: ContainerIndex | null
}

const CONTAINERS: Readonly<Record<string, FilmFacts['container']>> = {
  MP4: 'mp4',
  WebM: 'webm',
  Matroska: 'matroska',
  'QuickTime File Format': 'quicktime',
}
/** What is tried. Playlists aren't: one would have other addresses opened. */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM]
/** As many pictures as tell how often they come. */
const RATED_PICTURES = 240

/** Reads what a film is. Throws {@link ReleaseError} `unreadable` and the signal's reason. */
export async function readFilmFacts(path: string, signal: AbortSignal): Promise<FilmFacts> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    const read = async (span: ByteSpan): Promise<Uint8Array> => {
      signal.throwIfAborted()
      const bytes = new Uint8Array(spanLength(span))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, span.start)
      return bytes.subarray(0, bytesRead)
    }
    const source = new CustomSource({
      getSize: () => size,
      read: (start, end) => read({ start, end }),
    })
    using input = new Input({ source, formats: FORMATS })
    const blank: FilmFacts = {
      path,
      lengthBytes: size,
      container: 'other',
      durationSeconds: 0,
      video: null,
      sounds: [],
      index: null,
    }
    if (!(await input.canRead())) return blank
    const { name } = await input.getFormat()
    const located = await readIndex(size, read)
    const [video] = await input.getVideoTracks()
    return {
      ...blank,
      container: CONTAINERS[name] ?? 'other',
      durationSeconds: (await input.getDurationFromMetadata()) ?? (await input.computeDuration()),
      video: video === undefined ? null : await videoFacts(video),
      sounds: await Promise.all((await input.getAudioTracks()).map(soundFacts)),
      index: located.kind === 'found' ? located.index : null,
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw new ReleaseError('unreadable', `${path} can't be read: ${messageOf(cause)}`, { cause })
  }
}

async function videoFacts(track: InputVideoTrack): Promise<VideoFacts> {
  const { averagePacketRate } = await track.computePacketStats(RATED_PICTURES)
  return {
    codec: await codecOf(track),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    // Thousandths: 23.976, not 23.97602397602398.
    frameRate: averagePacketRate > 0 ? Math.round(averagePacketRate * 1000) / 1000 : null,
  }
}

async function soundFacts(track: InputAudioTrack): Promise<SoundFacts> {
  const code = await track.getLanguageCode()
  return { codec: await codecOf(track), language: code === 'und' ? null : languageOf(code) }
}

/** What nobody has a name for is named by the container's own, or not at all. */
async function codecOf(track: InputVideoTrack | InputAudioTrack): Promise<string> {
  const name = (await track.getCodecParameterString()) ?? (await track.getCodec())
  return name ?? 'unknown'
}

/** ISO 639-2, as containers write it, becomes BCP 47: `eng` is `en`. */
function languageOf(code: string): Language | null {
  try {
    return parseLanguage(Intl.getCanonicalLocales(code)[0] ?? '')
  } catch {
    return null
  }
}
