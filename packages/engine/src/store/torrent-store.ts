import {
  assert,
  pathIn,
  type ByteSpan,
  type Clock,
  type Disk,
  type Hash,
  type Log,
} from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import { BlockMap } from './block-map.ts'
import type { BlockSet } from './block-set.ts'
import { DiskStore } from './disk-store.ts'
import { openingClaims, type StoredFiles } from './opening-claims.ts'
import { loadResume } from './resume-file.ts'
import { SECTION_BYTES, Sections } from './sections.ts'

export interface TorrentStoreOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly hash: Hash
  /** Default silent. */
  readonly log?: Log
  /** Absolute, of this torrent alone; made when something is written. Its parent must be there or be ours. */
  readonly folder: string
  readonly metainfo: Metainfo
  /** Default {@link SECTION_BYTES}. With another one than the last time everything is fetched again. */
  readonly sectionBytes?: number
  /** Absolute paths of existing files, one for each of `metainfo.files`: they are read and never written. */
  readonly filesFrom?: readonly string[]
  /**
   * The disk failed at a checkpoint nobody asked for, or at one that somebody did and heard of too.
   * `lost`: blocks that had been marked and will not be kept unless they are written and marked again.
   */
  readonly onTrouble?: (error: unknown, lost: readonly number[]) => void
}

/**
 * The bytes of one torrent on the disk, and what is known to be right of them.
 *
 * Positions and spans are in the torrent's address space. A block's number is
 * `piece * ceil(pieceLength / BLOCK_BYTES) + block`. On the disk a file has its index for a name, and the number of
 * a section behind it; padding is nowhere. A disk failure is a DiskError; it ends one act, not the store.
 */
export interface TorrentStore extends AsyncDisposable {
  /** What the resume state said when the store was opened, without what is plainly no longer there. */
  readonly claimed: BlockSet
  /**
   * Those of {@link claimed} that may have changed since: all after an unclean stop, those in files
   * of another size or date after a clean one. Each is to be marked or unmarked after a look at its
   * bytes; until then the store won't call itself clean.
   */
  readonly doubted: BlockSet
  /** A clean stop, and every size and date as it was: nothing to look at. */
  readonly trusted: boolean
  /** Bytes handed to {@link write} that are not in their files yet: the measure of back-pressure. */
  readonly queuedBytes: number
  /**
   * Writes bytes; skips padding. Resolves when they are in the files (not yet for good); don't change
   * `bytes` before. Blocks that it touches are unmarked. Throws DiskError, {@link StoreError}.
   */
  write(position: number, bytes: Uint8Array): Promise<void>
  /**
   * A new array of the bytes of a span; zeros in padding. Sees what is queued. Bytes nobody wrote may
   * be zeros. Throws DiskError, {@link StoreError} `missing`.
   */
  read(span: ByteSpan): Promise<Uint8Array>
  /** These blocks are verified and their writes have resolved: the next checkpoint keeps them. */
  markVerified(blocks: Iterable<number>): void
  /** The block is not what it should be: no later checkpoint keeps it. */
  unmark(block: number): void
  /** How the torrent's files are cut into files of the disk. */
  readonly sections: Sections
  /**
   * Gives the room of a section back: first no resume file names its blocks any more, then its file is removed. What is
   * written to it meanwhile may go with it. Throws DiskError, {@link StoreError} `in-place`.
   */
  release(section: number): Promise<void>
  /**
   * Makes what is marked survive a power cut. Happens by itself, too: at most 5 s or 64 MB after
   * something new. Throws DiskError.
   */
  checkpoint(): Promise<void>
  /** Waits for writes, checkpoints, and leaves the clean marker. Throws DiskError; is closed all the same. */
  close(): Promise<void>
}

/** Opens a torrent's store. Reads the resume state and writes nothing. Throws DiskError. */
export async function openTorrentStore(options: TorrentStoreOptions): Promise<TorrentStore> {
  const { metainfo, disk, folder, hash, filesFrom } = options
  assert(
    filesFrom === undefined || filesFrom.length === metainfo.files.length,
    'files in place are one for each file of the torrent',
  )
  const map = new BlockMap(metainfo)
  const sections = new Sections(
    metainfo.layout,
    filesFrom ? Number.POSITIVE_INFINITY : (options.sectionBytes ?? SECTION_BYTES),
  )
  const subject = {
    infoHashes: metainfo.infoHashes,
    blockCount: map.blockCount,
    sectionCount: sections.count,
    sectionBytes: sections.sectionBytes,
  }
  const loaded = await loadResume(disk, folder, subject, hash)
  const stored: StoredFiles = {
    disk,
    sections,
    map,
    pathOf: (section) =>
      filesFrom?.[sections.fileOf(section)] ?? pathIn(folder, sections.nameOf(section)),
  }
  const opening = await openingClaims(loaded, stored)
  return new DiskStore(options, { loaded, subject, stored, opening })
}
