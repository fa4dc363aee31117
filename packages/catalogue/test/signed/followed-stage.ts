import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import {
  type FetchFile,
  PUBLISHER,
  openTrustedFiles,
  refreshFeed,
  runCheck,
  stateOf,
} from '@matinee/catalogue'
import {
  FollowedFeedFile,
  type GoodRefresh,
  systemFeedCrypto,
  takeVersion,
} from '@matinee/catalogue/node'
import { type MadeRecord, madeWorks } from '@matinee/testkit'
import { Follower } from './follower.ts'
import { MadePacks } from './made-packs.ts'
import { MadePublisher } from './made-publisher.ts'
import { NEW_YEAR } from './refresh-case.ts'

const CRYPTO = systemFeedCrypto()
/** Works that are all as free as the first. */
export const WORKS: readonly MadeRecord[] = [...madeWorks({ seed: 6, count: 40 })].map(
  (made, _, [first]) => ({
    ...made,
    rights: first?.['rights'],
  }),
)

/** It calls itself what the feed that comes with the application is called. */
const HEAD = {
  type: 'matinee-feed',
  version: 1,
  trust: 'signed',
  id: 'starter',
  translations: { en: { name: 'Kino' } },
  operator: { name: 'Kino' },
  contact: null,
  issued: '2026-01-01',
  lists: [
    {
      id: 'two',
      kind: 'programme',
      translations: { en: { title: 'Two' } },
      works: ['made-0', 'gone'],
    },
  ],
}

/** A publisher, a reader with a folder, and what happens while files are fetched. */
export class FollowedStage implements Disposable {
  readonly publisher = new MadePublisher()
  readonly packs = new MadePacks('targets').putAll(WORKS)
  readonly folder = mkdtempSync(join(tmpdir(), 'matinee-followed-'))
  readonly path = join(this.folder, 'feed.sqlite')
  readonly #first = this.publisher.files.get('metadata/1.root.json') ?? new Uint8Array()

  constructor() {
    this.publisher.add('targets', 'feed.json', utf8Bytes(JSON.stringify(HEAD)))
  }

  /** Follows the publisher once, from the files that are kept. */
  async take(onFetch: () => void = () => undefined) {
    const refresh = await this.refresh()
    using file = new FollowedFeedFile(this.path)
    const fetch: FetchFile = async ({ path }) => this.publisher.files.get(path) ?? null
    const fetchNoted: FetchFile = (wanted) => {
      onFetch()
      return fetch(wanted)
    }
    return await takeVersion(file, refresh, fetchNoted, CRYPTO)
  }

  /** Looks for a newer version, from the files that are kept. */
  async refresh(): Promise<GoodRefresh> {
    using file = new FollowedFeedFile(this.path)
    const trusted = file.trusted() ?? new Follower(this.#first).files
    assert.ok(trusted !== null)
    const fetch: FetchFile = async ({ path }) => this.publisher.files.get(path) ?? null
    const refresh = await runCheck(refreshFeed(trusted, Date.parse(NEW_YEAR), CRYPTO), fetch)
    assert.ok(refresh.kind !== 'refused', JSON.stringify(refresh))
    return refresh
  }

  /** The version that a file holds, each part of which must fit the others. */
  static version(path: string): number {
    using file = new FollowedFeedFile(path)
    const trusted = file.trusted()
    if (trusted === null) {
      assert.equal(file.known(PUBLISHER).works.size, 0)
      return 0
    }
    const feed = openTrustedFiles(trusted, CRYPTO)
    assert.ok(feed !== null, 'the files fit each other')
    const { state } = feed.publisher.summary ?? {}
    assert.equal(
      stateOf(file.known(PUBLISHER).works, CRYPTO),
      state,
      'the works are those signed for',
    )
    return feed.timestamp.version
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
