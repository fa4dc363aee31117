declare const workBrand: unique symbol
declare const episodeBrand: unique symbol
declare const releaseBrand: unique symbol
declare const channelBrand: unique symbol
declare const feedBrand: unique symbol
declare const listBrand: unique symbol

/** A work in its feed; with the feed's id it's unique everywhere. It never changes. */
export type WorkId = string & { readonly [workBrand]: true }
/** An episode in its work. It never changes. */
export type EpisodeId = string & { readonly [episodeBrand]: true }
/** A release in its work. */
export type ReleaseId = string & { readonly [releaseBrand]: true }
/** A donation channel in its work. */
export type ChannelId = string & { readonly [channelBrand]: true }
/** A feed. */
export type FeedId = string & { readonly [feedBrand]: true }
/** A list of works in its feed. */
export type ListId = string & { readonly [listBrand]: true }

/** The id of a work that a text is, or `null` (feed-format 3.5). */
export const parseWorkId = (text: string): WorkId | null => parseId(text) as WorkId | null
/** The id of an episode that a text is, or `null` (feed-format 3.5). */
export const parseEpisodeId = (text: string): EpisodeId | null => parseId(text) as EpisodeId | null
/** The id of a release that a text is, or `null` (feed-format 3.5). */
export const parseReleaseId = (text: string): ReleaseId | null => parseId(text) as ReleaseId | null
/** The id of a donation channel that a text is, or `null` (feed-format 3.5). */
export const parseChannelId = (text: string): ChannelId | null => parseId(text) as ChannelId | null
/** The id of a feed that a text is, or `null` (feed-format 3.5). */
export const parseFeedId = (text: string): FeedId | null => parseId(text) as FeedId | null
/** The id of a list that a text is, or `null` (feed-format 3.5). */
export const parseListId = (text: string): ListId | null => parseId(text) as ListId | null

function parseId(text: string): string | null {
  return text.length <= 64 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(text) ? text : null
}
