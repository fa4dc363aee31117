import type { Withdrawal } from '#api'
import {
  HEAD_PACK_BYTES,
  hashesOf,
  pictureProblem,
  picturePath,
  readHeadPack,
  type FeedCrypto,
  type FeedId,
  type HeadPack,
  type Picture,
  type Release,
  type WorkKey,
  type WorkRecord,
} from '@matinee/catalogue'
import type { Viewer } from '../viewer.ts'
import { recordOf } from './feed-ledger.ts'
import { headWords } from './feed-words.ts'
import type { FollowingDesk } from './following-desk.ts'
import { withdrawalWords } from './withdrawal-words.ts'
import { judgeSafety, type WorkSafety } from './work-safety.ts'

/** What is known of works by following their feeds: decisions about them, and what their records name by hash. */
export class FollowedWorks {
  readonly #desk: FollowingDesk
  readonly #crypto: FeedCrypto

  constructor(desk: FollowingDesk, crypto: FeedCrypto) {
    this.#desk = desk
    this.#crypto = crypto
  }

  /** A work that a signed feed has, offered or not; null = none. */
  keptWork({
    feedId,
    id,
  }: WorkKey): { readonly record: WorkRecord; readonly added: string } | null {
    const kept = this.#desk.feedOf(feedId)?.ledger.work(id) ?? null
    if (kept?.kind !== 'work') return null
    return { record: recordOf(kept), added: kept.added }
  }

  /** What was decided about a work, and what of it remains. */
  safetyOf(feedId: FeedId, record: WorkRecord): WorkSafety {
    const work = { feedId, workId: record.id, hashes: hashesOf(record) }
    return judgeSafety(work, this.#desk.decisions)
  }

  /** Whole days since a feed was last confirmed; null = it holds, or isn't a signed one. */
  expiredDays(feedId: FeedId): number | null {
    const standing = this.#desk.feedOf(feedId)?.standing
    return standing?.kind === 'expired' ? standing.days : null
  }

  /** Decisions about a work in words, those that act first. */
  words(safety: WorkSafety, viewer: Viewer): Withdrawal[] {
    return withdrawalWords(safety, viewer, (feedId) => {
      const head = this.#desk.feedOf(feedId)?.ledger.head ?? null
      return head === null ? feedId : headWords(head, viewer.languages).name
    })
  }

  /** A picture of a signed feed's record, as it was signed; `null` = nobody has it, or it's none. */
  async picture(feedId: string, picture: Picture, signal: AbortSignal): Promise<Uint8Array | null> {
    const { sha256, length } = picture
    const wanted = { path: picturePath(picture), maxBytes: length, sha256 }
    const bytes = (await this.#desk.feedOf(feedId)?.fetch(wanted, signal)) ?? null
    // C17: what isn't one still picture of the size that was signed is no picture.
    if (bytes === null || pictureProblem(picture, bytes, this.#crypto) !== null) return null
    return bytes
  }

  /** The head pack of a release (feed-format 12.8); `null` = it has none, nobody has it, or it's none. */
  async headPack(feedId: string, release: Release, signal: AbortSignal): Promise<HeadPack | null> {
    const feed = this.#desk.feedOf(feedId)
    if (feed === null || release.kind !== 'release' || release.headPack === undefined) return null
    const { sha256, length } = release.headPack
    const maxBytes = Math.min(length, HEAD_PACK_BYTES)
    const bytes = await feed.fetch({ path: `heads/${sha256}`, maxBytes, sha256 }, signal)
    return bytes === null ? null : readHeadPack(bytes)
  }
}
