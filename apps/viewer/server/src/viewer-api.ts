import { SECOND_MS, assert, messageOf, type Network } from '@matinee/base'
import { screenText, type DiscoveryPlaces } from '@matinee/cast'
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
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CastDesk } from './casting/cast-desk.ts'
import { DiagnosisDesk } from './library/diagnosis/diagnosis-desk.ts'
import { ReachedCount } from './library/diagnosis/reached-count.ts'
import { isComing } from './library/following/followed-feed.ts'
import { FollowingFile } from './library/following/following-file.ts'
import {
  isFollowedId,
  openFollowing,
  type OpenFollowing,
} from './library/following/open-following.ts'
import { FollowedFeeds, type FeedLook, type FeedPlace } from './library/followed-feeds.ts'
import { serverLanguageOf } from './library/language-choice.ts'
import { openHouse, type House } from './library/house.ts'
import { Houses } from './library/houses.ts'
import { KeptFile } from './library/kept/kept-file.ts'
import { keptPictures } from './library/kept/kept-pictures.ts'
import { openKept, type OpenKept } from './library/kept/open-kept.ts'
import { minuteOfDay, uploadLimit } from './library/kept/quiet-hours.ts'
import { openOwnReel } from './library/own-reel.ts'
import { giveSource, type OwnSource } from './library/own-source.ts'
import { PictureShelf } from './library/picture-shelf.ts'
import { followStick, stickTorrents } from './library/stick.ts'
import { LateEgress } from './library/streams/late-egress.ts'
import { TorrentDesk } from './library/streams/torrent-desk.ts'
import type { Viewer } from './library/viewer.ts'
import { findPlayers } from './machine/players.ts'
import { findProgram } from './machine/programs.ts'
import { openUpdates } from './library/update/open-updates.ts'
import type { UpdateDesk } from './library/update/update-desk.ts'
import { agesOf, ProfileStore } from './profiles/profile-store.ts'
import { OwnSettings } from './profiles/own-settings.ts'
import { FIRST_PROFILE, LONE_PROFILE, type StoredProfile } from './profiles/profile-file.ts'
import { SessionProfiles } from './profiles/session-profiles.ts'
import { readPhonePage } from './remote/phone-page.ts'
import { RemoteDesk, type RemotePlaces } from './remote/remote-desk.ts'
import { castRoutes } from './routes/cast-routes.ts'
import { catalogueMark } from './routes/catalogue-mark.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { diagnosisRoutes } from './routes/diagnosis-routes.ts'
import { doorRoutes } from './routes/door-routes.ts'
import { feedRoutes } from './routes/feed-routes.ts'
import { keptRoutes } from './routes/kept-routes.ts'
import { remoteRoutes } from './routes/remote-routes.ts'
import { settingsRoutes } from './routes/settings-routes.ts'
import { shelfRoutes } from './routes/shelf-routes.ts'
import { streamRoutes } from './routes/stream-routes.ts'
import { updateRoutes } from './routes/update-routes.ts'
import { LinkDesk } from './links/link-desk.ts'
import type { LinkPlaces } from './links/link-places.ts'
import { LinkStore } from './links/link-store.ts'
import { linkRoutes } from './routes/link-routes.ts'
import { SettingsStore } from './settings/settings-store.ts'
import { noticedShelf } from './shelf/noticed-shelf.ts'
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
  /** For tests: where screens are asked for, on loopback. Default: the home network's groups. */
  readonly castDiscovery?: DiscoveryPlaces
  /** For tests: where phones are, on loopback. Default: the home network. */
  readonly remotePlaces?: RemotePlaces
  /** For tests: where linked computers meet, on loopback. Default: the home network. */
  readonly linkPlaces?: LinkPlaces
  /** Where the built pages are, the phone's among them. */
  readonly pagesFolder: string
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
  // NOTE: before anything is written: what a newer Matinee decided is left alone (A22).
  const [following, settings, profiles] = await Promise.all([
    FollowingFile.open(dataFolder, log),
    SettingsStore.open(dataFolder, options.locale, log),
    ProfileStore.open(dataFolder, log, () => clock.wallMs()),
  ])
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
  const sessions = new SessionProfiles(profiles)
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

  const viewerOf =
    (own: OwnSettings) =>
    (language: string): Viewer => ({
      languages: [...new Set([language, ...own.current.languages, 'en'])],
      language: serverLanguageOf(language),
      territory: settings.current.country === null ? null : parseCountry(settings.current.country),
      today: dayOf(clock.wallMs()),
    })
  const isLocal = options.feeds.some(({ allowLocal }) => allowLocal ?? false)
  const egress = opened.use(new LateEgress({ clock, log, allowLocal: isLocal }))
  const network = async (): Promise<Network> => options.network ?? (await egress.network())
  const random = systemRandom()
  const { castDiscovery } = options
  const cast = opened.use(
    new CastDesk({
      network,
      clock,
      log,
      ...(castDiscovery === undefined ? {} : { discovery: castDiscovery }),
    }),
  )
  const reached = new ReachedCount(clock)
  const { remotePlaces } = options
  const remote = opened.use(
    new RemoteDesk({
      page: () => readPhonePage(options.pagesFolder),
      clock,
      log,
      ...(remotePlaces === undefined ? {} : { places: remotePlaces }),
    }),
  )
  const { linkPlaces } = options
  const links = new LinkDesk({
    store: await LinkStore.open(dataFolder, log),
    network,
    clock,
    log,
    name: screenText(hostname()),
    shelfOf: async (id) => {
      const profile = profiles.find(id)
      return profile === null ? null : houses.shelfOf(profile)
    },
    isChild: (id) => {
      const profile = profiles.find(id)
      return profile === null ? null : profile.ageLimit !== null
    },
    ...(linkPlaces === undefined ? {} : { places: linkPlaces }),
  })
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
      uploadBytesPerSecond: () =>
        uploadLimit(
          settings.current.uploadBytesPerSecond,
          settings.current.quietHours,
          minuteOfDay(clock.wallMs()),
        ),
      givesBack: () => settings.current.giveBack && !kept.desk.book.isPaused,
      isKept: (torrent) => kept.desk.isKept(torrent),
      isUpdate: (torrent) => update.isFetching(torrent),
      playsAlone: (release) => kept.desk.playsAlone(release),
      onGiven: (to, bytes) => kept.giving.onGiven(to, bytes),
      onReached: reached.note,
      ownTorrents: [reel.torrent, ...onStick],
      isLocalFeed: (feedId) => feeds.isLocal(feedId),
      headPack: (feedId, release, signal) => works.headPack(feedId, release, signal),
    }),
  )
  const { desk, lists, chosen, counter, works }: OpenFollowing = opened.use(
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
      onSafety: async (standingOf) => {
        await inEachHouse(({ room }) => room.review(standingOf))
        await kept.desk.review()
      },
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
  const disk = systemDisk()
  const kept: OpenKept = opened.use(
    openKept({
      file: await KeptFile.open(disk, dataFolder, log),
      torrents,
      find: (workId) => firstHouse.window.find(workId, firstHouse.viewerFor('en')),
      viewer: () => firstHouse.viewerFor('en'),
      settings: () => settings.current,
      fetchPictures: (work) => keptPictures(work, works),
      mediaFolder: settings.mediaFolder,
      disk,
      clock,
      hash,
      random,
      log,
    }),
  )
  const { source = null } = options
  const engine = (): ReturnType<typeof torrents.engine> => torrents.engine()
  const update: UpdateDesk = opened.use(
    openUpdates({ dataFolder, source, feeds: () => desk.feeds, engine, settings, clock, log }),
  )
  const diagnosis = new DiagnosisDesk({
    version: options.source?.version ?? null,
    opened: () => torrents.opened(),
    open: () => torrents.engine(),
    reached,
    settings: () => settings.current,
    mediaFolder: settings.mediaFolder,
    feeds: (language) => counter.list(firstHouse.viewerFor(language)),
    issued: () => desk.feeds.flatMap(({ ledger }) => ledger.head?.issued ?? []),
    findPlayers,
    findProgram,
    clock,
    random,
  })
  const ownOf = (id: string): OwnSettings => new OwnSettings(settings, profiles, id)
  // What leads into a house. Another route is a child's only when child-routes.ts says so.
  const routesOf = (house: House, { id }: StoredProfile): Hono => {
    const { window, programme, shelf, viewerFor, ages } = house
    const routes = new Hono()
    const isLoading = (): boolean =>
      store.isLoading || desk.feeds.some(({ step }) => isComing(step))
    const reload = async (): Promise<void> => takeUp(await feeds.look())
    routes.use(catalogueMark(isLoading))
    routes.route('/', settingsRoutes(settings, ownOf(id), profiles))
    routes.route('/', shelfRoutes(shelf, window, ages !== null))
    routes.route('/', linkRoutes(links, profiles, id))
    const loading = { isLoading, clock }
    routes.route('/', catalogueRoutes(window, programme, viewerFor, loading, reload))
    routes.route('/', feedRoutes(counter, viewerFor))
    routes.route('/', diagnosisRoutes(diagnosis))
    routes.route('/', updateRoutes(update, viewerFor))
    routes.route('/', keptRoutes(kept, window, viewerFor))
    routes.route('/', streamRoutes(house, streams))
    routes.route('/', castRoutes(cast, streams))
    routes.route('/', remoteRoutes(remote))
    return routes
  }
  const houses: Houses = opened.use(
    new Houses({
      dataFolder,
      log,
      routesOf,
      open: (profile, { acts }) =>
        openHouse(
          {
            shelf: noticedShelf(acts, () => links.noteChange(profile.id)),
            viewerFor: viewerOf(ownOf(profile.id)),
            ages: agesOf(profile),
          },
          {
            store,
            pictures,
            safety: works,
            chosen,
            torrents,
            streams,
            settings: () => settings.current,
            clock,
            log,
          },
        ),
    }),
  )
  // NOTE: closed before the houses, whose shelves it takes from.
  opened.use(links)
  const firstHouse = houses.begin(profiles.find(FIRST_PROFILE) ?? LONE_PROFILE, shelfStore)
  const ending = new AbortController()
  opened.defer(() => ending.abort())
  const giveOut = async (): Promise<void> => {
    const heads = desk.feeds.flatMap(({ ledger }) => ledger.head ?? [])
    if (source !== null) await giveSource({ source, heads, engine, log, signal: ending.signal })
  }
  // While a browser is on its way; what fails here fails again, and is said, where it's asked for.
  loaded
    .then(() => desk.takeUp())
    .then(() => desk.start())
    .then(() => lists.start())
    .then(() => (fromStick === null ? null : desk.refresh(fromStick)))
    .then(() => giveOut())
    .then(() => update.start())
    .catch((error: unknown) => log.error('feeds not followed', { reason: messageOf(error) }))
    .finally(() => kept.desk.start())
  loaded.then(() => firstHouse.programme.prepare(firstHouse.viewerFor('en'))).catch(() => undefined)
  const inEachHouse = async (act: (house: House) => Promise<void>): Promise<void> => {
    for (const house of await houses.all()) await act(house)
  }
  let { sharing, dht } = settings.current
  opened.defer(
    settings.subscribe((changed) => {
      if (!changed.prepare)
        void inEachHouse(async ({ warm, next }) => {
          await warm.closeAll()
          await next.closeAll()
        })
      if (changed.sharing !== sharing || changed.dht !== dht) void torrents.startOver()
      ;({ sharing, dht } = changed)
      void torrents.limitUpload()
      void kept.review()
    }),
  )
  const idleCheck = setInterval(
    () => void inEachHouse(({ warm }) => warm.closeIdle()),
    IDLE_CHECK_MS,
  )
  idleCheck.unref()
  opened.defer(() => clearInterval(idleCheck))

  await links.start()
  const routes = doorRoutes({ profiles, sessions, settings }, houses, (id) =>
    links.forgetProfile(id),
  )
  const rest = opened.move()
  return { routes, [Symbol.asyncDispose]: () => rest.disposeAsync() }
}

/** The day for which rights are judged, in Greenwich, as the catalogue judges them. */
function dayOf(wallMs: number): CalendarDate {
  const day = parseCalendarDate(new Date(wallMs).toISOString().slice(0, 10))
  assert(day !== null, 'the clock is within four-digit years')
  return day
}
