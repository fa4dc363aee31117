/** Puts together what tells of newer versions and fetches them. */
import type { Clock, Log } from '@matinee/base'
import type { Engine } from '@matinee/engine'
import { freeBytesAt } from '../../settings/media-folder.ts'
import type { SettingsStore } from '../../settings/settings-store.ts'
import type { FollowedFeed } from '../following/followed-feed.ts'
import type { OwnSource } from '../own-source.ts'
import { UpdateDesk } from './update-desk.ts'

/** What it's put together from. */
export interface UpdatesWorld {
  /** Absolute. */
  readonly dataFolder: string
  /** Of this copy; null = nobody says. */
  readonly source: Pick<OwnSource, 'version' | 'publishedIn'> | null
  readonly feeds: () => readonly Pick<FollowedFeed, 'fingerprint' | 'ledger' | 'standing'>[]
  /** Null = the viewer wants no swarm. */
  readonly engine: () => Promise<Engine | null>
  readonly settings: Pick<SettingsStore, 'current' | 'mediaFolder'>
  readonly clock: Clock
  readonly log: Log
}

/** Nothing is fetched before the desk is started, or told to. */
export function openUpdates(world: UpdatesWorld): UpdateDesk {
  const { dataFolder, source, feeds, engine, settings, clock, log } = world
  const { mediaFolder } = settings
  return new UpdateDesk({
    dataFolder,
    version: source?.version ?? null,
    publishedIn: source?.publishedIn ?? null,
    heads: () =>
      feeds().map(({ fingerprint, ledger, standing }) => ({
        fingerprint,
        head: ledger.head,
        isConfirmed: standing.kind === 'fresh',
      })),
    engine,
    refusal: () => {
      const { sharing, dht } = settings.current
      return sharing === 'web-only' ? 'web-only' : dht ? null : 'dht-off'
    },
    freeBytes: async () => {
      const both = [await freeBytesAt(dataFolder), await freeBytesAt(mediaFolder)]
      const known = both.filter((bytes) => bytes !== null)
      return known.length === 0 ? null : Math.min(...known)
    },
    mediaFolder,
    clock,
    log,
  })
}
