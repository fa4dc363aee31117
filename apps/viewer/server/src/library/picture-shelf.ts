import { paths } from '#api'
import { toHex, type Hash } from '@matinee/base'
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
  readonly #folderOf: (feedId: string) => string | null
  readonly #places = new Map<string, ShelfPlace>()

  /** @param folderOf where a feed's files lie; null = it's followed no more */
  constructor(shelf: MediaShelf, hash: Hash, folderOf: (feedId: string) => string | null) {
    this.#shelf = shelf
    this.#hash = hash
    this.#folderOf = folderOf
  }

  /** The address of a picture. Nothing is read before it's asked for. */
  urlOf(feedId: string, picture: Picture): string {
    const { sha256 } = picture
    const place = this.#places.get(sha256) ?? this.#shelf.place(this.#file(feedId, picture), 0)
    this.#places.delete(sha256)
    this.#places.set(sha256, place)
    const [oldest] = this.#places
    if (this.#places.size > MOST_PICTURES && oldest !== undefined) {
      oldest[1].close()
      this.#places.delete(oldest[0])
    }
    return paths.media(place.token, 0)
  }

  #file(feedId: string, picture: Picture): MediaFile {
    const { sha256, length } = picture
    const hash = this.#hash
    const folder = this.#folderOf(feedId)
    return {
      name: sha256,
      lengthBytes: length,
      identity: sha256,
      async *read({ start, end }, signal) {
        if (folder === null) throw new Error(`the feed ${feedId} has no folder`)
        const bytes = new Uint8Array(await readFile(join(folder, picturePath(picture)), { signal }))
        // The folder may have changed since the feed was checked.
        if (toHex(hash.sha256(bytes)) !== sha256)
          throw new Error(`${sha256} is another picture now`)
        yield bytes.subarray(start, end)
      },
    }
  }
}
