import * as z from 'zod/mini'

/** Longest address of a feed or a source that a page may send: a link, a folder's path, a magnet link. */
export const MAX_FEED_ADDRESS = 4096

/** Most feeds that are followed at once. */
export const MOST_FOLLOWED_FEEDS = 40

const fingerprint = z.string().check(z.regex(/^[0-9a-f]{64}$/u))

/**
 * Where a feed comes from, and how it went there last. `demoted`: it answered with what doesn't hold, so it is asked
 * after all others.
 */
export const feedSourceSchema = z.object({
  /** As the viewer gave it or the feed names it: an https link, a folder's path, a magnet link. Shown as text. */
  address: z.string(),
  kind: z.enum(['https', 'folder', 'swarm']),
  state: z.enum(['untried', 'ok', 'failed', 'demoted']),
  /**
   * A stable word for why it isn't ok; null = it is, or wasn't tried. A refusal's code of docs/feed-format.md
   * (`rollback`, `signatures`, `file-hash` …), or `unreachable`, `missing`, `too-slow`, `too-large`, `status`.
   */
  why: z.nullable(z.string()),
  /** ISO 8601, when it last gave something that held. */
  lastOkOn: z.nullable(z.string()),
})
export type FeedSourceState = z.infer<typeof feedSourceSchema>

/**
 * - `fresh`: what is known holds
 * - `expired`: it was last confirmed `days` whole days ago; it is shown and plays
 * - `waiting`: followed, and nothing has come yet
 * - `refused`: `code` of docs/feed-format.md, for the file `file` of the feed
 */
export const feedStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fresh') }),
  z.object({ kind: z.literal('expired'), days: z.number() }),
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('refused'), code: z.string(), file: z.string() }),
])
export type FeedState = z.infer<typeof feedStateSchema>

/** What is done for a feed just now. `what`: where it is looked for, its files, its works. */
export const feedProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('refreshing'), what: z.enum(['looking', 'files', 'works']) }),
])
export type FeedProgress = z.infer<typeof feedProgressSchema>

export const followedFeedSchema = z.object({
  id: z.string(),
  kind: z.enum(['bundled', 'signed', 'list']),
  /** In the language that was asked for, as far as the feed has it. */
  name: z.string(),
  description: z.optional(z.string()),
  /** Who publishes it; who made a list. */
  operator: z.string(),
  /** Of a signed feed; of a list, its key. */
  fingerprint: z.nullable(fingerprint),
  works: z.number(),
  /** Of a list: how many of its works no feed has that is followed. */
  missing: z.optional(z.number()),
  /** ISO 8601: when it was last known to hold; null = never, or bundled. */
  confirmedOn: z.nullable(z.string()),
  state: feedStateSchema,
  sources: z.array(feedSourceSchema),
  /** Its decisions about safety act on other feeds' works, too. */
  decidesSafety: z.boolean(),
  progress: feedProgressSchema,
})
export type FollowedFeed = z.infer<typeof followedFeedSchema>

/** GET `paths.feeds`, and what every change of them answers: in the viewer's order, the first one's records are shown; lists behind. */
export const followedFeedsSchema = z.object({ feeds: z.array(followedFeedSchema) })
export type FollowedFeeds = z.infer<typeof followedFeedsSchema>

/** POST `paths.feedLook`: what is at an address? Answers {@link feedOfferSchema}; nothing is followed by it. */
export const feedLookSchema = z.object({
  /** A link (https; http on this computer's own network), a path, or a magnet link (BEP 46). */
  address: z.string().check(z.minLength(1), z.maxLength(MAX_FEED_ADDRESS)),
})
export type FeedLook = z.infer<typeof feedLookSchema>

/** Longest file of a list that a page may hand in, in characters: it's JSON. */
export const MAX_LIST_FILE = 384 * 1024

/**
 * POST `paths.feedFile`: what is in a list's file? Answers {@link feedOfferSchema}; nothing is followed by it. A newer file of a
 * list that is followed is taken at once.
 */
export const feedFileSchema = z.object({
  file: z.string().check(z.minLength(1), z.maxLength(MAX_LIST_FILE)),
})
export type FeedFile = z.infer<typeof feedFileSchema>

/** A feed that was found, verified from its first root on, for the viewer to accept by its fingerprint. */
export const feedOfferSchema = z.object({
  /** Names this offer for {@link followRequestSchema}; it dies with the server, or after a while. */
  offer: z.string(),
  kind: z.enum(['signed', 'list']),
  fingerprint,
  name: z.string(),
  operator: z.string(),
  works: z.number(),
  /** Empty = it was handed in as a file. */
  address: z.string(),
  isFollowed: z.boolean(),
  /** Of a list that is followed: this file is newer and was taken, is the same, or doesn't hold beside it. */
  news: z.optional(z.enum(['newer', 'same', 'refused'])),
})
export type FeedOffer = z.infer<typeof feedOfferSchema>

/** POST `paths.feedFollow`: the viewer accepts the fingerprint that was shown. Answers {@link followedFeedsSchema}. */
export const followRequestSchema = z.object({
  offer: z.string().check(z.minLength(1), z.maxLength(100)),
  fingerprint,
})
export type FollowRequest = z.infer<typeof followRequestSchema>

/** PUT `paths.feedOrder`: every feed's id, the first one's records before all. */
export const feedOrderSchema = z.object({
  ids: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(MOST_FOLLOWED_FEEDS)),
})
export type FeedOrder = z.infer<typeof feedOrderSchema>

/** PUT `paths.feed`. */
export const feedChangeSchema = z.object({ decidesSafety: z.boolean() })
export type FeedChange = z.infer<typeof feedChangeSchema>

/** POST `paths.feedSources`: one more place to ask. */
export const feedSourceRequestSchema = z.object({
  address: z.string().check(z.minLength(1), z.maxLength(MAX_FEED_ADDRESS)),
})
export type FeedSourceRequest = z.infer<typeof feedSourceRequestSchema>
