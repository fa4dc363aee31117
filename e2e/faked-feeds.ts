import type { Page, Route } from 'playwright-core'

/** A followed feed, as far as tests of its page name what is in it; the rest is a fresh signed feed without sources. */
export interface FakedFeed {
  readonly id: string
  readonly name: string
  readonly [field: string]: unknown
}

/** What is at an address, or the code of a refusal. */
export type FakedOffer = Readonly<Record<string, unknown>> | string

/** What {@link fakeFeeds} answers. */
export interface FakedFeeds {
  /** In the viewer's order; tests may change them. */
  feeds: FakedFeed[]
  /** By address. */
  readonly offers: ReadonlyMap<string, FakedOffer>
  /** What the page asked for, as `PUT /api/feeds/order`, in turn. */
  readonly asked: string[]
}

/** A fingerprint for tests: the byte at each place is this one plus the place. */
export function fakedFingerprint(first: number): string {
  return Uint8Array.from({ length: 32 }, (_, at) => first + 37 * at).toHex()
}

const FRESH = {
  kind: 'signed',
  operator: 'The Ferry Press',
  fingerprint: fakedFingerprint(1),
  works: 412,
  confirmedOn: null,
  state: { kind: 'fresh' },
  sources: [],
  decidesSafety: false,
  progress: { kind: 'idle' },
} as const

/**
 * Answers what a page asks about followed feeds in the server's place, so that every state of them can be shown: it keeps
 * a list and does nothing. Everything else goes to the real server.
 */
export async function fakeFeeds(page: Page, faked: FakedFeeds): Promise<void> {
  await page.route(/\/api\/feeds(?:\/|\?|$)/u, (route) => answer(route, faked))
}

async function answer(route: Route, faked: FakedFeeds): Promise<void> {
  const request = route.request()
  const { pathname } = new URL(request.url())
  const [, , , name = '', act = ''] = pathname.split('/').map(decodeURIComponent)
  const method = request.method()
  if (method !== 'GET') faked.asked.push(`${method} ${pathname}`)
  const body: unknown = method === 'GET' ? {} : request.postDataJSON()
  const text = (field: string): string => String(Reflect.get(Object(body), field))
  const refuse = (status: number, code: string): Promise<void> =>
    route.fulfill({ status, json: { error: { code } } })
  const change = (more: Readonly<Record<string, unknown>>): void => {
    faked.feeds = faked.feeds.map((feed) => (feed.id === name ? { ...feed, ...more } : feed))
  }
  if (name === 'look') {
    const offer = faked.offers.get(text('address')) ?? 'no-feed'
    return typeof offer === 'string' ? refuse(422, offer) : route.fulfill({ json: offer })
  }
  if (name === 'follow') {
    const offer = [...faked.offers.values()].find(
      (each) => typeof each !== 'string' && each['offer'] === text('offer'),
    )
    if (typeof offer !== 'object' || offer['fingerprint'] !== text('fingerprint'))
      return refuse(422, 'other-feed')
    faked.feeds.push({ ...offer, id: `feed-${faked.feeds.length}`, name: String(offer['name']) })
  } else if (name === 'order') {
    const ids: unknown = Reflect.get(Object(body), 'ids')
    const order = Array.isArray(ids) ? ids.map(String) : []
    faked.feeds = order.flatMap((id) => faked.feeds.find((feed) => feed.id === id) ?? [])
  } else if (act === 'sources') {
    if (text('address').includes('other')) return refuse(422, 'other-feed')
    const source = { kind: 'https', state: 'untried', why: null, lastOkOn: null }
    change({ sources: [{ ...source, address: text('address') }] })
  } else if (act === 'refresh') change({ state: { kind: 'fresh' } })
  else if (method === 'PUT') change(Object(body))
  else if (method === 'DELETE') faked.feeds = faked.feeds.filter(({ id }) => id !== name)
  return route.fulfill({ json: { feeds: faked.feeds.map((feed) => ({ ...FRESH, ...feed })) } })
}

/** Some days before a page is opened, as ISO 8601. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString()
}

/** Followed feeds in every state: came with Matinee, fresh with a bad mirror, expired, refused, not come yet. */
export function shownFeeds(): FakedFeed[] {
  const web = { kind: 'https', state: 'ok', why: null, lastOkOn: daysAgo(0.1) } as const
  return [
    {
      id: 'ferry',
      name: 'The Ferry Press',
      operator: 'Ilse Brandtvogel and friends',
      description: 'Harbours, canals and the people on them, from 1904 to last spring.',
      confirmedOn: daysAgo(0.1),
      fingerprint: fakedFingerprint(3),
      decidesSafety: true,
      sources: [
        { ...web, address: 'https://films.ferry-press.example/feed/' },
        {
          ...web,
          address: 'https://mirror.library-on-the-lock.example/mirrors/ferry-press/',
          state: 'demoted',
          why: 'rollback',
        },
        {
          ...web,
          address: `magnet:?xs=urn:btpk:${fakedFingerprint(9)}&s=${fakedFingerprint(3).slice(0, 40)}`,
          kind: 'swarm',
        },
      ],
    },
    {
      id: 'starter',
      kind: 'bundled',
      name: 'Matinee starter catalogue',
      operator: 'The Matinee maintainers',
      fingerprint: null,
      works: 21,
    },
    {
      id: 'silent',
      name: 'Silent Europe',
      operator: 'Cinémathèque imaginaire',
      works: 96,
      confirmedOn: daysAgo(12),
      fingerprint: fakedFingerprint(77),
      state: { kind: 'expired', days: 12 },
      sources: [
        {
          ...web,
          address: 'https://silent-europe.example/',
          state: 'failed',
          why: 'unreachable',
          lastOkOn: daysAgo(43),
        },
        { ...web, address: '/media/stick/silent-europe', kind: 'folder', lastOkOn: daysAgo(43) },
      ],
    },
    {
      id: 'docks',
      name: 'Dock Street',
      operator: '',
      works: 1,
      confirmedOn: daysAgo(1.2),
      fingerprint: fakedFingerprint(140),
      state: { kind: 'refused', code: 'signatures', file: 'metadata/timestamp.json' },
      sources: [
        {
          ...web,
          address: 'https://dock-street.example/',
          state: 'demoted',
          why: 'signatures',
        },
      ],
    },
    {
      id: 'new',
      name: '',
      operator: '',
      works: 0,
      fingerprint: fakedFingerprint(201),
      state: { kind: 'waiting' },
      progress: { kind: 'refreshing', what: 'looking' },
      sources: [
        {
          ...web,
          address: `magnet:?xs=urn:btpk:${fakedFingerprint(8)}&s=${fakedFingerprint(201).slice(0, 40)}`,
          kind: 'swarm',
          state: 'untried',
          lastOkOn: null,
        },
      ],
    },
  ]
}
