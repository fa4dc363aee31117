import { MINUTE_MS } from '@matinee/base'
import type { Picture } from '@matinee/catalogue'
import type { FoundWork } from '../shop-window.ts'

/** So long all pictures of a work are waited for. */
const PATIENCE_MS = MINUTE_MS

/** Who has pictures of feeds, and keeps those that it fetched. */
interface PictureSource {
  picture(feedId: string, picture: Picture, signal: AbortSignal): Promise<Uint8Array | null>
}

/** Fetches the pictures of a work, so that its page has them without a network. Never rejects: a page can do without. */
export async function keptPictures(
  { feedId, record }: FoundWork,
  source: PictureSource,
): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  for (const picture of record.images) {
    const bytes = await source.picture(feedId, picture, signal).catch(() => null)
    if (bytes === null && signal.aborted) return
  }
}
