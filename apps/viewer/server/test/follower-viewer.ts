import {
  browsePageSchema,
  feedOfferSchema,
  followedFeedsSchema,
  paths,
  type FollowedFeed,
} from '#api'
import { createServer, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { followedFeedId } from '@matinee/catalogue'
import type { CatalogueViewer } from './open-catalogue-viewer.ts'
import type { MadePublisher } from './made-publisher.ts'

const PATIENCE_MS = 60_000

/** Looks and accepts, as a page would. */
export async function follow(
  viewer: CatalogueViewer,
  address: string,
  fingerprint: string,
): Promise<void> {
  const looked = await viewer.ask(paths.feedLook, 'POST', { address })
  assert.equal(looked.status, 200)
  const { offer } = feedOfferSchema.parse(await looked.json())
  const answer = await viewer.ask(paths.feedFollow, 'POST', { offer, fingerprint })
  assert.equal(answer.status, 200)
}

/** The feed as pages see it, when nothing is done for it any more and `isRight`. */
export async function feedWhen(
  viewer: CatalogueViewer,
  { fingerprint }: Pick<MadePublisher, 'fingerprint'>,
  isRight: (feed: FollowedFeed) => boolean,
): Promise<FollowedFeed> {
  const id = followedFeedId(fingerprint)
  let last: FollowedFeed | undefined
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(50)) {
    const { feeds } = await viewer.get(followedFeedsSchema, paths.feeds)
    last = feeds.find((feed) => feed.id === id)
    if (last?.progress.kind === 'idle' && isRight(last)) return last
  }
  return assert.fail(`the feed never was right: ${JSON.stringify(last)}`)
}

/** Asks for a refresh, and waits until it's over. */
export async function refreshed(
  viewer: CatalogueViewer,
  publisher: Pick<MadePublisher, 'fingerprint'>,
  isRight: (feed: FollowedFeed) => boolean = () => true,
): Promise<FollowedFeed> {
  const id = followedFeedId(publisher.fingerprint)
  assert.equal((await viewer.ask(paths.feedRefresh(id), 'POST')).status, 200)
  return feedWhen(viewer, publisher, isRight)
}

/** Ids of all works on offer of a feed. */
export async function offeredIds(
  viewer: CatalogueViewer,
  { fingerprint }: Pick<MadePublisher, 'fingerprint'>,
): Promise<string[]> {
  const page = await viewer.get(browsePageSchema, `${paths.works}?language=en&offset=0&limit=200`)
  const prefix = `${followedFeedId(fingerprint)}.`
  return page.works
    .flatMap(({ id }) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []))
    .sort()
}

/** The same, once it `isRight`: the catalogue loads behind the feeds. */
export async function offeredWhen(
  viewer: CatalogueViewer,
  publisher: Pick<MadePublisher, 'fingerprint'>,
  isRight: (ids: readonly string[]) => boolean,
): Promise<string[]> {
  let ids: string[] = []
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(50)) {
    ids = await offeredIds(viewer, publisher)
    if (isRight(ids)) return ids
  }
  return assert.fail(`never on offer as it should: ${ids.join(' ')}`)
}

/** A static server on loopback. */
export interface MadeMirror extends AsyncDisposable {
  readonly url: string
  readonly asked: string[]
  /** What is served; may be changed. */
  files: ReadonlyMap<string, Uint8Array>
}

/** Serves files as any static server would. */
export async function openMirror(files: ReadonlyMap<string, Uint8Array>): Promise<MadeMirror> {
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1))
    mirror.asked.push(path)
    const bytes = mirror.files.get(path)
    response.statusCode = bytes === undefined ? 404 : 200
    response.end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const mirror: MadeMirror = {
    url: `http://127.0.0.1:${address.port}/`,
    asked: [],
    files,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return mirror
}
