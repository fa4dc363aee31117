import { LIMITS, parseUtf8 } from '@matinee/base'
import { type BencodeDictionary, isBencodeList } from '../bencode/bencode-dictionary.ts'
import { MetainfoError } from './metainfo-error.ts'

/** Where a torrent's peers and bytes may come from, by its own word. */
export interface SourceUrls {
  /** Tiers in order (BEP 12). */
  readonly trackers: readonly (readonly string[])[]
  /** BEP 19. */
  readonly webSeeds: readonly string[]
}

const TRACKER_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'udp:'])
const WEB_SEED_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:'])

/** A tracker's URL in normal form, or `null` for other schemes and what is no URL. */
export function parseTrackerUrl(text: string): string | null {
  return parseSourceUrl(text, TRACKER_SCHEMES)
}

/** A web seed's URL in normal form, or `null` for other schemes and what is no URL. */
export function parseWebSeedUrl(text: string): string | null {
  return parseSourceUrl(text, WEB_SEED_SCHEMES)
}

/**
 * Keeps the URLs that may be asked, each once; whether an address may be reached is the network's
 * to decide. Throws {@link MetainfoError} `urls` for more than `LIMITS.torrentUrls`.
 */
export function keepSources(urls: SourceUrls): SourceUrls {
  refuseTooMany(urls.trackers.reduce((sum, tier) => sum + tier.length, urls.webSeeds.length))
  const seen = new Set<string>()
  const keep = (texts: readonly string[], parse: (text: string) => string | null): string[] => {
    const kept: string[] = []
    for (const text of texts) {
      const url = parse(text)
      if (url === null || seen.has(url)) continue
      seen.add(url)
      kept.push(url)
    }
    return kept
  }
  const trackers = urls.trackers
    .map((tier) => keep(tier, parseTrackerUrl))
    .filter((tier) => tier.length > 0)
  seen.clear()
  return { trackers, webSeeds: keep(urls.webSeeds, parseWebSeedUrl) }
}

/**
 * Reads `announce`, `announce-list` (BEP 12: it replaces `announce`) and `url-list` (BEP 19).
 * Throws {@link MetainfoError} `urls`.
 */
export function parseSources(root: BencodeDictionary): SourceUrls {
  // A tier costs one value more than its URLs: counted before anything is made of the lists.
  for (const key of ['announce-list', 'url-list'])
    if (root.weightOf(key) > 4 * LIMITS.torrentUrls) refuseTooMany(root.weightOf(key))
  const tiers: string[][] = []
  for (const tier of root.list('announce-list') ?? []) {
    const urls: string[] = []
    for (const url of isBencodeList(tier) ? tier : [tier]) pushText(urls, url)
    tiers.push(urls)
  }
  const announce: string[] = []
  pushText(announce, root.get('announce'))
  const webSeeds: string[] = []
  const seeds = root.get('url-list')
  for (const url of isBencodeList(seeds) ? seeds : [seeds]) pushText(webSeeds, url)
  const listed = keepSources({ trackers: tiers, webSeeds })
  return listed.trackers.length > 0 ? listed : keepSources({ trackers: [announce], webSeeds })
}

function pushText(into: string[], value: unknown): void {
  const text = value instanceof Uint8Array ? parseUtf8(value) : null
  if (text !== null && text !== '') into.push(text)
}

function parseSourceUrl(text: string, schemes: ReadonlySet<string>): string | null {
  if (text.length > LIMITS.urlBytes) return null
  const url = URL.parse(text)
  if (url === null || !schemes.has(url.protocol) || url.hostname === '') return null
  return url.href.length <= LIMITS.urlBytes ? url.href : null
}

function refuseTooMany(count: number): void {
  if (count > LIMITS.torrentUrls) throw new MetainfoError('urls', `${count} trackers and web seeds`)
}
