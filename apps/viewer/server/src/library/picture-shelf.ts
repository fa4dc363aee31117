import { paths } from '#api'
import { messageOf, toHex, type Hash, type Log } from '@matinee/base'
import { picturePath, type Picture } from '@matinee/catalogue'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaFile } from '../media/media-file.ts'
import type { MediaShelf, ShelfPlace } from '../media/media-shelf.ts'

/** Pictures that keep their address; the one asked for longest ago gives way. */
const MOST_PICTURES = 20_000

/** Gives the pictures of feeds an address for as long as the server runs. */
export class PictureShelf {
  readonly #shelf: MediaShelf
  readonly #hash: Hash
  readonly #log: Log
  readonly #folderOf: (feedId: string) => string | null
  readonly #fetch: (
    feedId: string,
    picture: Picture,
    signal: AbortSignal,
  ) => Promise<Uint8Array | null>
  readonly #places = new Map<string, ShelfPlace>()

  /**
   * @param folderOf where a bundled feed's files lie; null = it's none
   * @param fetch a picture of a signed feed, checked; null = nobody has it
   */
  constructor(
    shelf: MediaShelf,
    hash: Hash,
    log: Log,
    folderOf: (feedId: string) => string | null,
    fetch: (feedId: string, picture: Picture, signal: AbortSignal) => Promise<Uint8Array | null>,
  ) {
    this.#fetch = fetch
    this.#shelf = shelf
    this.#hash = hash
    this.#log = log
    this.#folderOf = folderOf
  }

  /** The address of a picture. Nothing is read before it's asked for. */
  urlOf(feedId: string, picture: Picture): string {
    const { sha256 } = picture
    const place =
      this.#places.get(sha256) ??
      this.#shelf.placeLater((signal) => this.#read(feedId, picture, signal), 0)
    this.#places.delete(sha256)
    this.#places.set(sha256, place)
    const [oldest] = this.#places
    if (this.#places.size > MOST_PICTURES && oldest !== undefined) {
      oldest[1].close()
      this.#places.delete(oldest[0])
    }
    return paths.media(place.token, 0)
  }

  /** Null when the feed's folder holds it no more, or another in its place. */
  async #read(feedId: string, picture: Picture, signal: AbortSignal): Promise<MediaFile | null> {
    const { sha256 } = picture
    const folder = this.#folderOf(feedId)
    const bytes =
      folder === null
        ? await this.#fetch(feedId, picture, signal)
        : await this.#readFrom(folder, picture, signal)
    if (bytes === null) return null
    return {
      name: sha256,
      lengthBytes: bytes.length,
      identity: sha256,
      async *read({ start, end }) {
        yield bytes.subarray(start, end)
      },
    }
  }

  async #readFrom(
    folder: string,
    picture: Picture,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const { sha256 } = picture
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(await readFile(join(folder, picturePath(picture)), { signal }))
    } catch (error) {
      signal.throwIfAborted()
      this.#log.warn('picture not read', { sha256, reason: messageOf(error) })
      return null
    }
    // C17: the folder may have changed since the feed was checked.
    return toHex(this.#hash.sha256(bytes)) === sha256 ? bytes : null
  }
}
