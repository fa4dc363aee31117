/** Makes the static site of a feed: reads the feed as a stranger would, chooses what may be shown to anybody, and writes pages. */
import {
  IMAGE_LIMITS,
  picturePath,
  pictureProblem,
  offeredReleases,
  rightsWorkOf,
  summaryOf,
  type Picture,
  type SignedWork,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { componentVerdict, parseCalendarDate, type Component } from '@matinee/rights'
import { assert } from '@matinee/base'
import { rightsSlip, titleFor, type Viewer } from '@matinee/viewer'
import type { SignedFolder } from '../feed/signed-folder.ts'
import { readHeritage, type FeedHeritage } from '../relaunch/feed-heritage.ts'
import { siteAssets } from './site-assets.ts'
import { siteFiles } from './site-files.ts'
import { SiteFolder, type WrittenSite } from './site-folder.ts'
import type {
  LeftOut,
  SiteLanguage,
  SiteModel,
  SitePicture,
  SiteRelease,
  SiteWork,
} from './site-model.ts'
import { readRelease } from './site-release.ts'
import { chooseWorks } from './site-works.ts'

/** What site is made, and where. */
export interface SiteOrder {
  readonly feed: SignedFolder
  /** Around the feed's, where releases lie; `null` = there is none. Absolute. */
  readonly publisher: string | null
  /** Absolute. */
  readonly out: string
  /** Where it will be, with `/` at its end; `null` = not known: then neither add-on nor RSS feed can be made. */
  readonly baseUrl: string | null
  readonly language: SiteLanguage
  readonly nowMs: number
}

/** A site that was made. */
export interface MadeSite extends WrittenSite {
  readonly works: number
  /** Works that a browser can play on it. */
  readonly played: number
  readonly leftOut: readonly LeftOut[]
  /** Since when the feed isn't confirmed any more; `null` = it is. */
  readonly expiredMs: number | null
}

/** Throws {@link SiteError}, PublisherError, and what the file system throws. */
export async function makeSite(order: SiteOrder): Promise<MadeSite> {
  const { feed, out, baseUrl, language, nowMs } = order
  const heritage = await readHeritage(feed.source, nowMs)
  const folder = await SiteFolder.open(out, heritage.fingerprint)
  const { works, leftOut, viewer } = await worksOf(order, heritage)
  const model: SiteModel = {
    fingerprint: heritage.fingerprint,
    head: heritage.head,
    language,
    viewer,
    baseUrl,
    works,
  }
  const files = siteFiles(model, await siteAssets())
  const written = await folder.write(files)
  const { freshness } = heritage
  const played = works.filter(({ releases }) =>
    releases.some(({ release, torrent }) => torrent !== null && release.webSeeds.length > 0),
  ).length
  return {
    ...written,
    works: works.length,
    played,
    leftOut,
    expiredMs: freshness.kind === 'fresh' ? null : freshness.sinceMs,
  }
}

async function worksOf(
  { feed, publisher, language, nowMs }: SiteOrder,
  heritage: FeedHeritage,
): Promise<{
  readonly works: readonly SiteWork[]
  readonly leftOut: readonly LeftOut[]
  readonly viewer: Viewer
}> {
  const today = parseCalendarDate(new Date(nowMs).toISOString().slice(0, 10))
  assert(today !== null, 'the clock is within four-digit years')
  const viewer: Viewer = { languages: [language, 'en'], language, territory: null, today }
  const chosen = chooseWorks(heritage, today)
  const leftOut = [...chosen.leftOut]
  const places = { source: feed.source, publisher }
  const works: SiteWork[] = []
  for (const signed of chosen.works) {
    const { record, added } = signed
    const offered = offeredReleases(record, null, today)
    for (const release of record.releases)
      if (!offered.includes(release))
        leftOut.push({
          kind: 'part',
          what: `${record.id}/${release.id}`,
          why: 'this release isn’t free everywhere',
        })
    const shows = (component: Component): boolean => mayShow(signed, component, viewer)
    const { title } = titleFor(summaryOf(record, added), viewer)
    const releases: SiteRelease[] = []
    for (const release of offered) {
      const slip = rightsSlip(record, viewer, title, release)
      const read = await readRelease(
        places,
        record.id,
        release,
        shows('subtitles'),
        (left) => void leftOut.push({ kind: 'part', ...left }),
      )
      releases.push({ ...read, slip })
    }
    const picture = async (...roles: readonly string[]): Promise<SitePicture | null> => {
      if (!shows('poster')) return null
      const found = roles.flatMap(
        (role) => record.images.find((image) => image.role === role) ?? [],
      )[0]
      return found === undefined ? null : await readPicture(feed, found)
    }
    const [poster, still] = [await picture('poster'), await picture('backdrop', 'still')]
    works.push({ record, added, releases, poster, still })
  }
  return { works, leftOut, viewer }
}

/** Pictures and subtitles about which the record says nothing of its own go with the film. */
function mayShow({ record }: SignedWork, component: Component, { today }: Viewer): boolean {
  if (!record.rights.some((entry) => entry.component === component)) return true
  return componentVerdict(rightsWorkOf(record), component, null, today).kind === 'offered'
}

async function readPicture(
  { source }: SignedFolder,
  picture: Picture,
): Promise<SitePicture | null> {
  const bytes = await source(picturePath(picture), IMAGE_LIMITS.bytes)
  if (bytes === null || pictureProblem(picture, bytes, systemHash()) !== null) return null
  return { picture, bytes }
}
