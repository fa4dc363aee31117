import type { Settings } from '#api'
import type { Clock, Log } from '@matinee/base'
import { ageOf, isWithin, type AgeLimit, type Release } from '@matinee/catalogue'
import { mergedShelf } from '../shelf/merged-shelf.ts'
import type { Shelf } from '../shelf/shelf-store.ts'
import type { WindowSafety } from './following/window-safety.ts'
import { limitedCatalogue, type AskedCatalogue } from './limited-catalogue.ts'
import type { ChosenLists } from './lists/chosen-lists.ts'
import type { PictureShelf } from './picture-shelf.ts'
import { NextDesk } from './next-desk.ts'
import { ProgrammeDesk } from './programme/programme-desk.ts'
import { ProjectionRoom } from './projection-room.ts'
import { ShopWindow } from './shop-window.ts'
import type { OpenStreams } from './streams/open-streams.ts'
import type { TorrentDesk } from './streams/torrent-desk.ts'
import type { Viewer } from './viewer.ts'
import { WarmDesk } from './warm-desk.ts'
import { WorkAliases } from './work-aliases.ts'
import { WorkCards } from './work-cards.ts'

/** What all houses share. */
export interface HouseParts {
  readonly store: AskedCatalogue
  readonly pictures: PictureShelf
  readonly safety: WindowSafety
  readonly chosen: ChosenLists
  readonly torrents: TorrentDesk
  readonly streams: OpenStreams
  readonly settings: () => Pick<Settings, 'prepare'>
  readonly clock: Clock
  readonly log: Log
}

/** What one house has of its own. */
export interface HouseOwner {
  readonly shelf: Shelf
  readonly viewerFor: (language: string) => Viewer
  /** Null = everything may be seen. */
  readonly ages: AgeLimit | null
}

/**
 * Everything that answers for one profile. What is above its age isn't there for any of it, so that a route over it can't
 * forget to look.
 */
export interface House extends HouseOwner, AsyncDisposable {
  readonly window: ShopWindow
  readonly programme: ProgrammeDesk
  readonly room: ProjectionRoom
  readonly warm: WarmDesk
  readonly next: NextDesk
}

/** Opens a house. Its films end when it's closed; its shelf is the caller's. */
export function openHouse(owner: HouseOwner, parts: HouseParts): House {
  const { viewerFor, ages } = owner
  const { torrents, streams, log, clock } = parts
  const shelf = mergedShelf(
    owner.shelf,
    new WorkAliases({
      store: parts.store,
      shelf: owner.shelf,
      territory: () => viewerFor('en').territory,
      keptWork: (key) => parts.safety.keptWork(key),
      log,
    }),
  )
  const store = parts.chosen.in(limitedCatalogue(parts.store, ages))
  const cards = new WorkCards(shelf, parts.pictures)
  const window = new ShopWindow(
    store,
    cards,
    shelf,
    viewerFor,
    parts.safety,
    (release: Release) => torrents.hasCopy(release),
    (record) => isWithin(ageOf(record), ages),
  )
  const programme = new ProgrammeDesk(store, cards, shelf, window)
  const room = new ProjectionRoom({ window, torrents, streams, shelf, log })
  const warm = new WarmDesk(room, parts.settings, () => clock.nowMs(), log)
  const next = new NextDesk({ room, settings: parts.settings, clock, log })
  return {
    ...owner,
    shelf,
    window,
    programme,
    room,
    warm,
    next,
    async [Symbol.asyncDispose]() {
      await warm.closeAll()
      await next.closeAll()
      await room.closeAll()
    },
  }
}
