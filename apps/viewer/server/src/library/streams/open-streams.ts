import { paths, type SeekPictures, type StreamStatistics, type StreamStatus } from '#api'
import { MINUTE_MS } from '@matinee/base'
import type { MediaFile } from '../../media/media-file.ts'
import type { MediaShelf, ShelfPlace } from '../../media/media-shelf.ts'
import { newSecret } from '../../session/secret.ts'
import type { FilmProbe } from './film-way.ts'
import type { SeekSheets } from './seek-sheets.ts'

/** Films that may be open at once, in all tabs together. */
const MAX_STREAMS = 8

/** A page that hasn't asked for so long is gone; a tab in the background asks once a minute. */
export const STREAM_IDLE_MS = 5 * MINUTE_MS

/** A film that is being watched. */
export interface OpenFilm {
  readonly film: MediaFile
  /** Each made when it's first asked for; null = there is none after all. */
  readonly captions: readonly ((signal: AbortSignal) => Promise<MediaFile | null>)[]
  /** Sound in files beside the film. */
  readonly sounds: readonly MediaFile[]
  /** Pictures for the time line; null = there are none. */
  pictures(signal: AbortSignal): Promise<SeekSheets | null>
  status(): StreamStatus
  statistics(): StreamStatistics
  /** How it is played, once its page asks. */
  readonly probe: FilmProbe
  /** What was fetched stays; nothing more is asked for. */
  close(): Promise<void>
}

/** What a page needs to play a film. The addresses die with the stream. */
export interface StreamAddresses {
  readonly streamId: string
  readonly mediaUrl: string
  /** In the order of {@link OpenFilm.captions}. */
  readonly captionUrls: readonly string[]
  /** In the order of {@link OpenFilm.sounds}. */
  readonly soundUrls: readonly string[]
}

/** A film that is open, as what is made of it needs it. */
export interface OpenedFilm {
  readonly probe: FilmProbe
  readonly film: MediaFile
  /** From the server's root. */
  readonly mediaUrl: string
  /** For display and for the last part of an address. */
  readonly name: string
  /** Aborted when the stream ends. */
  readonly signal: AbortSignal
}

interface Stream {
  readonly film: OpenFilm
  readonly mediaUrl: string
  readonly ending: AbortController
  readonly places: ShelfPlace[]
  pictures: Promise<SeekPictures> | null
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

  /** Whether one more film may be opened. */
  async hasRoom(): Promise<boolean> {
    await this.closeIdle()
    return this.#streams.size < MAX_STREAMS
  }

  /** Gives a film its addresses. */
  open(film: OpenFilm): StreamAddresses {
    const places: ShelfPlace[] = []
    const addressOf = (place: ShelfPlace): string => {
      places.push(place)
      return paths.media(place.token, places.length - 1)
    }
    const mediaUrl = addressOf(this.#shelf.place(film.film, 0))
    const captionUrls = film.captions.map((open, at) =>
      addressOf(this.#shelf.placeLater(open, at + 1)),
    )
    const soundUrls = film.sounds.map((sound) => addressOf(this.#shelf.place(sound, places.length)))
    const streamId = newSecret()
    const ending = new AbortController()
    this.#streams.set(streamId, {
      film,
      mediaUrl,
      ending,
      places,
      pictures: null,
      askedMs: this.#nowMs(),
    })
    return { streamId, mediaUrl, captionUrls, soundUrls }
  }

  /** What the swarm is doing for a stream, or null when it isn't open. */
  status(streamId: string): StreamStatus | null {
    return this.#asked(streamId)?.status() ?? null
  }

  /** Numbers about its torrent, or null when it isn't open. */
  statistics(streamId: string): StreamStatistics | null {
    return this.#asked(streamId)?.statistics() ?? null
  }

  /** A film that is open, or null when it isn't. */
  opened(streamId: string): OpenedFilm | null {
    const film = this.#asked(streamId)
    const stream = this.#streams.get(streamId)
    if (film === null || stream === undefined) return null
    const { mediaUrl, ending } = stream
    return {
      probe: film.probe,
      film: film.film,
      mediaUrl,
      name: film.film.name,
      signal: ending.signal,
    }
  }

  /**
   * Pictures for the time line, with addresses for their sheets; null when the stream isn't open. Throws what reading
   * its torrent throws.
   */
  async pictures(streamId: string): Promise<SeekPictures | null> {
    const film = this.#asked(streamId)
    const stream = this.#streams.get(streamId)
    if (film === null || stream === undefined) return null
    stream.pictures ??= film.pictures(stream.ending.signal).then((found) => {
      // What is placed after the end would never be taken away.
      stream.ending.signal.throwIfAborted()
      return {
        pictures: found?.pictures ?? [],
        sheetUrls: (found?.sheets ?? []).map((sheet) => {
          const place = this.#shelf.place(sheet, stream.places.length)
          stream.places.push(place)
          return paths.media(place.token, stream.places.length - 1)
        }),
      }
    })
    try {
      return await stream.pictures
    } catch (error) {
      // Who asks again may have more luck.
      stream.pictures = null
      if (stream.ending.signal.aborted) return null
      throw error
    }
  }

  /** Ends a stream. False when it wasn't open. */
  async close(streamId: string): Promise<boolean> {
    const stream = this.#streams.get(streamId)
    if (stream === undefined) return false
    this.#streams.delete(streamId)
    stream.ending.abort()
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

  #asked(streamId: string): OpenFilm | null {
    const stream = this.#streams.get(streamId)
    if (stream === undefined) return null
    stream.askedMs = this.#nowMs()
    return stream.film
  }
}
