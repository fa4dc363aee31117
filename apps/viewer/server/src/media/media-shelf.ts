import { digestOf, newSecret } from '../session/secret.ts'
import type { MediaFile } from './media-file.ts'

/** A file that may be asked for. */
export interface ShelvedFile {
  /** Null = there is none after all. Throws the signal's reason when aborted. */
  open(signal: AbortSignal): Promise<MediaFile | null>
  readonly number: number
  /** Absent for a file that is made when it's first asked for. */
  readonly file?: MediaFile
  /** What {@link mediaType} said of it, once it was asked; null = not for browsers. */
  type?: string | null
}

/** A place on the shelf. Closing it makes its address worthless. */
export interface ShelfPlace {
  /** 128 bits; the only secret that may stand on a command line (design.md, The local server). */
  readonly token: string
  close(): void
}

/** The files that may be asked for, each under an unguessable token of its own (W3). */
export class MediaShelf {
  readonly #files = new Map<string, ShelvedFile>()

  /** @param number the file's place in its torrent; part of its address */
  place(file: MediaFile, number: number): ShelfPlace {
    return this.placeLater(async () => file, number, file)
  }

  /** The same for a file that is made when it's first asked for. */
  placeLater(open: ShelvedFile['open'], number: number, file?: MediaFile): ShelfPlace {
    const token = newSecret()
    const digest = digestOf(token)
    this.#files.set(digest, { open, number, ...(file === undefined ? {} : { file }) })
    return { token, close: () => void this.#files.delete(digest) }
  }

  /** The file of an address. A wrong token and a wrong number are told apart by nobody. */
  find(token: string, number: string): ShelvedFile | null {
    const shelved = this.#files.get(digestOf(token))
    return shelved !== undefined && String(shelved.number) === number ? shelved : null
  }
}
