import { SECOND_MS, assert, messageOf, type Network } from '@matinee/base'
import { parseFeedId } from '@matinee/catalogue'
import { openCatalogueStore } from '@matinee/catalogue/node'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { parseCalendarDate, parseCountry, type CalendarDate } from '@matinee/rights'
import { Hono } from 'hono'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { FollowingFile } from './library/following/following-file.ts'
import {
  isFollowedId,
  openFollowing,
  type OpenFollowing,
} from './library/following/open-following.ts'
import { FollowedFeeds, type FeedLook, type FeedPlace } from './library/followed-feeds.ts'
import { serverLanguageOf } from './library/language-choice.ts'
import { openOwnReel } from './library/own-reel.ts'
import { giveSource, type OwnSource } from './library/own-source.ts'
import { PictureShelf } from './library/picture-shelf.ts'
import { ProgrammeDesk } from './library/programme/programme-desk.ts'
import { ProjectionRoom } from './library/projection-room.ts'
import { followStick, stickTorrents } from './library/stick.ts'
import { ShopWindow } from './library/shop-window.ts'
import { LateEgress } from './library/streams/late-egress.ts'
import { TorrentDesk } from './library/streams/torrent-desk.ts'
import type { Viewer } from './library/viewer.ts'
import { WarmDesk } from './library/warm-desk.ts'
import { WorkCards } from './library/work-cards.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { feedRoutes } from './routes/feed-routes.ts'
import { settingsRoutes } from './routes/settings-routes.ts'
import { shelfRoutes } from './routes/shelf-routes.ts'
import { streamRoutes } from './routes/stream-routes.ts'
import { SettingsStore } from './settings/settings-store.ts'
import { ShelfStore } from './shelf/shelf-store.ts'
import type { ViewerApi, ViewerParts } from './viewer-server.ts'

/** How long the first answer waits for feeds that were never loaded before. */
const FIRST_LOAD_MS = 3 * SECOND_MS

const IDLE_CHECK_MS = 30 * SECOND_MS

/** What stands behind the API of a real viewer. */
export interface ViewerApiOptions {
  /** Absolute; it's there already. */
  readonly dataFolder: string
  readonly feeds: readonly FeedPlace[]
  /** `feeds/reel` of this copy of Matinee. */
  readonly reelFolder: string
  /** The seeding process' script. */
  readonly seederProgram: string
  /** `host:port` of nodes that show into the DHT. Default: the public ones. */
  readonly dhtEntrances?: readonly string[]
  /** The system's (BCP 47). */
  readonly locale: string
  /** Absolute: a folder whose feed is followed and whose films are played in place. */
  readonly stick?: string
  /** This program's own source. Default: it isn't given out. */
  readonly source?: OwnSource
  /** For tests, and theirs to close. Default: the egress. */
  readonly network?: Network
}

/** Opens settings, shelf and catalogue, and what shows films. Nothing leaves this computer because of it. */
export async function openViewerApi(
  { shelf: mediaShelf, streams, log }: ViewerParts,
  options: ViewerApiOptions,
): Promise<ViewerApi> {
  const { dataFolder } = options
  const clock = systemClock()
  const hash = systemHash()
  await using opened = new AsyncDisposableStack()
  const following = await FollowingFile.open(dataFolder, log)
  const feedOrder = following.current.order.flatMap((id) => parseFeedId(id) ?? [])
  // All at once: each has its own thread, or waits for the disk.
  const opening = [
    openCatalogueStore({ folder: join(dataFolder, 'catalogue'), clock, log, feedOrder }),
    ShelfStore.open(join(dataFolder, 'shelf.sqlite'), log),
    openOwnReel(options.reelFolder, options.seederProgram, hash, log),
  ] as const
  for (const each of await Promise.allSettled(opening))
    if (each.status === 'fulfilled') opened.use(each.value)
  const [store, shelfStore, reel] = await Promise.all(opening)
  const shelf = shelfStore.acts
  const settings = await SettingsStore.open(dataFolder, options.locale, log)
  const { stick } = options
  const onStick = stick === undefined ? [] : await stickTorrents(stick, hash, log)
  const stickFeed = stick === undefined ? null : await followStick(stick, following)
  const feeds = new FollowedFeeds(options.feeds, store, log, (id) => isFollowedId(following, id))
  const takeUp = (look: FeedLook): Promise<void> =>
    feeds.takeUp(look).catch((error: unknown) => {
      log.error('feeds not loaded', { reason: messageOf(error) })
    })
  const look = await feeds.look()
  const loaded = takeUp(look)
  if (look.stored.length === 0)
    await Promise.race([loaded, delay(FIRST_LOAD_MS, null, { ref: false })])

  const viewerFor = (language: string): Viewer => ({
    languages: [...new Set([language, ...settings.current.languages, 'en'])],
    language: serverLanguageOf(language),
    territory: settings.current.country === null ? null : parseCountry(settings.current.country),
    today: dayOf(clock.wallMs()),
  })
  const isLocal = options.feeds.some(({ allowLocal }) => allowLocal ?? false)
  const egress = opened.use(new LateEgress({ clock, log, allowLocal: isLocal }))
  const network = async (): Promise<Network> => options.network ?? (await egress.network())
  const random = systemRandom()
  const torrents: TorrentDesk = opened.use(
    new TorrentDesk({
      network,
      disk: systemDisk(),
      hash,
      verify: verifyEd25519,
      ...(options.dhtEntrances === undefined ? {} : { dhtEntrances: options.dhtEntrances }),
      clock,
      random,
      log,
      mediaFolder: settings.mediaFolder,
      sharing: () => settings.current.sharing,
      dht: () => settings.current.dht,
      diskBudgetBytes: () => settings.current.diskBudgetBytes,
      uploadBytesPerSecond: () => settings.current.uploadBytesPerSecond,
      ownTorrents: [reel.torrent, ...onStick],
      isLocalFeed: (feedId) => feeds.isLocal(feedId),
      headPack: (feedId, release, signal) => works.headPack(feedId, release, signal),
    }),
  )
  const { desk, counter, works }: OpenFollowing = opened.use(
    await openFollowing({
      dataFolder,
      file: following,
      store,
      clock,
      random,
      log,
      network,
      hash,
      mediaFolder: settings.mediaFolder,
      engine: () => torrents.engine(),
      onSafety: (standingOf) => room.review(standingOf),
      operatorOf: (feedId) => feeds.operatorOf(feedId),
    }),
  )
  const fromStick = stickFeed === null ? null : desk.feedOf(stickFeed.id)
  if (stickFeed !== null) await fromStick?.begin(stickFeed.root)
  const pictures = new PictureShelf(
    mediaShelf,
    hash,
    log,
    (feedId) => feeds.folderOf(feedId),
    (feedId, picture, signal) => works.picture(feedId, picture, signal),
  )
  const cards = new WorkCards(shelf, pictures)
  const window = new ShopWindow(store, cards, shelf, viewerFor, works, (release) =>
    torrents.hasCopy(release),
  )
  const programme = new ProgrammeDesk(store, cards, shelf, window)
  const ending = new AbortController()
  opened.defer(() => ending.abort())
  const giveOut = async (): Promise<void> => {
    const { source } = options
    const heads = desk.feeds.flatMap(({ ledger }) => ledger.head ?? [])
    const engine = (): ReturnType<typeof torrents.engine> => torrents.engine()
    if (source !== undefined)
      await giveSource({ source, heads, engine, log, signal: ending.signal })
  }
  // While a browser is on its way; what fails here fails again, and is said, where it's asked for.
  loaded
    .then(() => desk.takeUp())
    .then(() => desk.start())
    .then(() => (fromStick === null ? null : desk.refresh(fromStick)))
    .then(() => giveOut())
    .catch((error: unknown) => log.error('feeds not followed', { reason: messageOf(error) }))
  loaded.then(() => programme.prepare(viewerFor('en'))).catch(() => undefined)
  const room = new ProjectionRoom({ window, torrents, streams, shelf, log })
  const warm = new WarmDesk(
    room,
    () => settings.current,
    () => clock.nowMs(),
    log,
  )
  opened.defer(() => warm.closeAll())
  let { sharing, dht } = settings.current
  opened.defer(
    settings.subscribe((changed) => {
      if (!changed.prepare) void warm.closeAll()
      if (changed.sharing !== sharing || changed.dht !== dht) void torrents.startOver()
      ;({ sharing, dht } = changed)
      void torrents.limitUpload()
    }),
  )
  const idleCheck = setInterval(() => void warm.closeIdle(), IDLE_CHECK_MS)
  idleCheck.unref()
  opened.defer(() => clearInterval(idleCheck))

  const routes = new Hono()
  routes.route('/', settingsRoutes(settings))
  routes.route('/', shelfRoutes(shelf, window))
  routes.route(
    '/',
    catalogueRoutes(window, programme, viewerFor, async () => takeUp(await feeds.look())),
  )
  routes.route('/', feedRoutes(counter, viewerFor))
  routes.route('/', streamRoutes(room, streams, warm, viewerFor))
  const rest = opened.move()
  return { routes, [Symbol.asyncDispose]: () => rest.disposeAsync() }
}

/** The day for which rights are judged, in Greenwich, as the catalogue judges them. */
function dayOf(wallMs: number): CalendarDate {
  const day = parseCalendarDate(new Date(wallMs).toISOString().slice(0, 10))
  assert(day !== null, 'the clock is within four-digit years')
  return day
}
