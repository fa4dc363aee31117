import { join } from 'node:path'
import assert from 'node:assert/strict'
import { beginTrust, parseSha256, refreshFeed } from '@matinee/catalogue'
import {
  FollowedFeedFile,
  followedFeedInput,
  systemFeedCrypto,
  takeVersion,
} from '@matinee/catalogue/node'
import { systemDisk } from '@matinee/engine/system'
import { checkSource, folderSource } from '../../src/publisher/feed-source.ts'

const CRYPTO = systemFeedCrypto()

/** A viewer's copy of a feed, kept as the application keeps it. */
export class FeedViewer implements Disposable {
  readonly #feed: string
  readonly #fingerprint: string
  readonly #file: FollowedFeedFile

  /** @param feed the folder that is asked, as a mirror's */
  constructor(feed: string, fingerprint: string, own: string) {
    this.#feed = feed
    this.#fingerprint = fingerprint
    this.#file = new FollowedFeedFile(join(own, `${fingerprint}.sqlite`))
  }

  /** Refreshes. Resolves with the ids of the works on offer afterwards, sorted. */
  async refresh(): Promise<readonly string[]> {
    const source = folderSource(systemDisk(), this.#feed)
    const trusted = this.#file.trusted() ?? (await this.#begin())
    const refresh = await checkSource(refreshFeed(trusted, Date.now(), CRYPTO), source)
    assert.ok(refresh.kind !== 'refused', JSON.stringify(refresh))
    const fetch = ({ path, maxBytes }: { readonly path: string; readonly maxBytes: number }) =>
      source(path, maxBytes)
    const taken = await takeVersion(this.#file, refresh, fetch, CRYPTO)
    assert.deepEqual(taken, { kind: 'taken' })
    const works = followedFeedInput(this.#file, CRYPTO)?.works ?? []
    return [...works].map(({ record }) => record.id).toSorted()
  }

  async #begin() {
    const root = await folderSource(systemDisk(), this.#feed)('metadata/1.root.json', 512_000)
    const fingerprint = parseSha256(this.#fingerprint)
    assert.ok(root !== null && fingerprint !== null)
    const begun = beginTrust(root, fingerprint, CRYPTO)
    assert.ok(begun.kind === 'begun')
    return begun.files
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]()
  }
}
