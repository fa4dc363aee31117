import { mkdir, open } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BaseFetcher, Updater } from 'tuf-js'
import { DownloadHTTPError } from 'tuf-js/dist/error.js'

const ORIGIN = 'https://mirror.example/'

/** Gives the files of a folder as a web server of it would. */
class FolderFetcher extends BaseFetcher {
  readonly #folder: string

  constructor(folder: string) {
    super()
    this.#folder = folder
  }

  override fetch(url: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const path = join(this.#folder, url.slice(ORIGIN.length))
    if (!existsSync(path)) return Promise.reject(new DownloadHTTPError('not found', 404))
    return Promise.resolve(new Blob([readFileSync(path)]).stream())
  }
}

/** Another client of TUF, which begins with a feed's first root and keeps what it trusts in a folder of its own. */
export class TufClient {
  readonly #feed: string
  readonly #own: string

  constructor(feed: string, own: string) {
    this.#feed = feed
    this.#own = own
  }

  /** Trusts a feed's first root. */
  async begin(): Promise<void> {
    await mkdir(join(this.#own, 'targets'), { recursive: true })
    const root = readFileSync(join(this.#feed, 'metadata/1.root.json'))
    await using file = await open(join(this.#own, 'root.json'), 'w')
    await file.writeFile(root)
  }

  /** Asks for the newest version; with targets to be fetched and compared. Rejects with what tuf-js refuses. */
  async refresh(...targets: readonly string[]): Promise<void> {
    const updater = new Updater({
      metadataDir: this.#own,
      metadataBaseUrl: `${ORIGIN}metadata`,
      targetDir: join(this.#own, 'targets'),
      targetBaseUrl: `${ORIGIN}targets`,
      fetcher: new FolderFetcher(this.#feed),
      config: { fetchRetry: false },
    })
    await updater.refresh()
    for (const path of targets) {
      const info = await updater.getTargetInfo(path)
      if (info === undefined) throw new Error(`tuf-js finds no ${path}`)
      await updater.downloadTarget(info, join(this.#own, 'targets', path.replaceAll('/', '_')))
    }
  }

  /** The version of a role that is trusted. */
  version(role: string): number {
    const file = JSON.parse(readFileSync(join(this.#own, `${role}.json`), 'utf8')) as {
      readonly signed: { readonly version: number }
    }
    return file.signed.version
  }
}
