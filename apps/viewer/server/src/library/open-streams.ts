import { paths, type OpenedStream, type StreamStatus } from '#api'
import { MINUTE_MS } from '@matinee/base'
import type { MediaFile } from '../media/media-file.ts'
import type { MediaShelf, ShelfPlace } from '../media/media-shelf.ts'
import { newSecret } from '../session/secret.ts'
import type { LibraryWork, OpenFilm } from './film-source.ts'

/** Films that may be open at once, in all tabs together. */
const MAX_STREAMS = 8

/** A page that hasn't asked for so long is gone; a tab in the background asks once a minute. */
export const STREAM_IDLE_MS = 5 * MINUTE_MS

interface Stream {
  readonly film: OpenFilm
  readonly places: readonly ShelfPlace[]
  askedMs: number
}

/** The films that are being watched. A stream's addresses die with it. */
export class OpenStreams {
  readonly #streams = new Map<string, Stream>()
  readonly #shelf: MediaShelf
  readonly #nowMs: () => number

  /** @param nowMs a clock that never goes back */
  constructor(shelf: MediaShelf, nowMs: () => number) {
    this.#shelf = shelf
    this.#nowMs = nowMs
  }

  /** Starts a film. `busy` when too many are open. Throws what the source throws. */
  async open(entry: LibraryWork): Promise<OpenedStream | 'busy'> {
    await this.closeIdle()
    if (this.#streams.size >= MAX_STREAMS) return 'busy'
    const film = await entry.source.open()
    const places: ShelfPlace[] = []
    const shelve = (file: MediaFile): string => {
      const number = places.length
      const place = this.#shelf.place(file, number)
      places.push(place)
      return paths.media(place.token, number)
    }
    const mediaUrl = shelve(film.film)
    const captions = film.captions.map(({ language, label, file }) => ({
      language,
      label,
      url: shelve(file),
    }))
    const streamId = newSecret()
    this.#streams.set(streamId, { film, places, askedMs: this.#nowMs() })
    return { streamId, mediaUrl, captions }
  }

  /** What the swarm is doing for a stream, or null when it isn't open. */
  status(streamId: string): StreamStatus | null {
    const stream = this.#streams.get(streamId)
    if (stream === undefined) return null
    stream.askedMs = this.#nowMs()
    return stream.film.status()
  }

  /** Ends a stream. False when it wasn't open. */
  async close(streamId: string): Promise<boolean> {
    const stream = this.#streams.get(streamId)
    if (stream === undefined) return false
    this.#streams.delete(streamId)
    for (const place of stream.places) place.close()
    await stream.film.close()
    return true
  }

  /** Ends the streams whose page is gone. */
  async closeIdle(): Promise<void> {
    const sinceMs = this.#nowMs() - STREAM_IDLE_MS
    for (const [id, stream] of this.#streams) if (stream.askedMs < sinceMs) await this.close(id)
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#streams.keys()].map((id) => this.close(id)))
  }
}
