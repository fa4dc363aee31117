import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { SILENT_LOG } from '@matinee/base'
import type { WantedFile } from '@matinee/catalogue'
import { systemFeedCrypto, takeVersion } from '@matinee/catalogue/node'
import { FakeClock, SimNetwork, nodeHash, type WebHandler } from '@matinee/testkit'
import { parseFeedAddress, type FeedAddress } from '../src/library/following/feed-address.ts'
import type { KeptFiles } from '../src/library/following/feed-copy.ts'
import { FeedLedger } from '../src/library/following/feed-ledger.ts'
import type { SourceEntry } from '../src/library/following/source-book.ts'
import { FollowedFeed, type FollowingWorld } from '../src/library/following/followed-feed.ts'
import { WebSource } from '../src/library/following/web-source.ts'
import type { MadePublisher } from './made-publisher.ts'

const READER = '203.0.113.1'

/** A copy in memory: simulated time doesn't wait for a disk. */
class MemoryFiles implements KeptFiles {
  readonly files = new Map<string, Uint8Array>()

  async read({ path, sha256 }: WantedFile): Promise<Uint8Array | null> {
    return sha256 === null ? null : (this.files.get(path) ?? null)
  }

  isOf(bytes: Uint8Array, { sha256 }: Pick<WantedFile, 'sha256'>): boolean {
    return sha256 === null || nodeHash.sha256(bytes).toHex() === sha256
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes)
  }
}

/** A reader and mirrors in a simulated network and simulated time. */
export class MirrorStage implements Disposable {
  readonly clock = new FakeClock({ startWallMs: Date.UTC(2026, 0, 1) })
  readonly network = new SimNetwork({ clock: this.clock })
  readonly copy = new MemoryFiles()
  readonly feed: FollowedFeed
  /** How often a version or decision was shown. */
  shown = 0
  /** When a version was shown last, in simulated time. */
  shownMs = Number.NaN
  readonly #folder = mkdtempSync(join(tmpdir(), 'matinee-mirrors-'))
  readonly #addresses: FeedAddress[] = []
  readonly #signal = new AbortController().signal
  #mirrors = 0

  constructor({ fingerprint }: Pick<MadePublisher, 'fingerprint'>) {
    const crypto = systemFeedCrypto()
    const { http } = this.network.host(READER).network
    const world: FollowingWorld = {
      clock: this.clock,
      log: SILENT_LOG,
      crypto,
      openSource: (address, isOwn) => {
        assert.ok(address.kind === 'https')
        return new WebSource(address.url, isOwn ? 'user' : 'metainfo', async () => http, this.clock)
      },
      hasSwarm: false,
    }
    // A thread wouldn't wait for this clock.
    const ledger = new FeedLedger(
      join(this.#folder, 'works.sqlite'),
      crypto,
      (file, refresh, fetch) => takeVersion(file, refresh, fetch, crypto),
    )
    this.feed = new FollowedFeed(fingerprint, { copy: this.copy, ledger }, world, async () => {
      this.shown++
      this.shownMs = this.clock.nowMs()
    })
  }

  /** Adds a mirror; the first is asked first where order matters. */
  mirror(handle: WebHandler): () => SourceEntry {
    const host = `203.0.113.${10 + this.#mirrors++}`
    this.network.host(host).serveHttp(443, handle)
    const address = parseFeedAddress(`https://${host}/feed/`)
    assert.ok(address !== null)
    this.#addresses.push(address)
    this.feed.setSources(this.#addresses)
    return () => {
      const entry = this.feed.sources.all.find((each) => each.address.text === address.text)
      assert.ok(entry !== undefined)
      return entry
    }
  }

  /** Refreshes, and says how many simulated milliseconds that took. */
  async refresh(): Promise<number> {
    const startMs = this.clock.nowMs()
    await this.clock.run(this.feed.refresh(this.#signal))
    return this.clock.nowMs() - startMs
  }

  /** Ids of the works that it offers. */
  get works(): string[] {
    return [...(this.feed.ledger.input()?.works ?? [])].map(({ record }) => String(record.id))
  }

  [Symbol.dispose](): void {
    this.feed[Symbol.dispose]()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Path of a file in the feed that was asked for. */
export function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname).replace('/feed/', '')
}

/** A mirror with these files. */
export function serve(files: () => ReadonlyMap<string, Uint8Array>): WebHandler {
  return ({ url }) => {
    const body = files().get(pathOf(url))
    return body === undefined ? { status: 404 } : { body }
  }
}
