import assert from 'node:assert/strict'
import type { Disk } from '@matinee/base'
import { FakeClock, FakeDisk, nodeHash } from '@matinee/testkit'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import type { TorrentStore, TorrentStoreOptions } from '../src/store/torrent-store.ts'
import type { StoredTorrent } from './stored-torrent.ts'

/** Where the torrent of these tests lies. */
export const FOLDER = '/engine/torrent'

/** Opens the store of a torrent. */
export function openStore(
  made: StoredTorrent,
  disk: Disk,
  more: Partial<TorrentStoreOptions> = {},
): Promise<TorrentStore> {
  const { metainfo } = made
  return openTorrentStore({
    disk,
    clock: new FakeClock(),
    hash: nodeHash,
    folder: FOLDER,
    metainfo,
    ...more,
  })
}

/** Writes blocks of the torrent's own bytes and marks each as soon as it is written. */
export async function writeBlocks(
  store: TorrentStore,
  made: StoredTorrent,
  blocks: Iterable<number>,
): Promise<void> {
  await Promise.all(
    [...blocks].map(async (block) => {
      const span = made.blockSpan(block)
      assert.ok(span)
      await store.write(span.start, made.bytesOf(span))
      store.markVerified([block])
    }),
  )
}

/** A disk with nothing but the engine's folder. */
export async function freshDisk(): Promise<FakeDisk> {
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  return disk
}
