import type { FollowedFeed } from '#api'
import { useText } from '../../i18n/text.tsx'

/** A feed of which nothing has come yet hasn't said its name. */
export function useFeedName({ name, kind }: FollowedFeed): string {
  const { say } = useText()
  if (name !== '') return name
  return say(kind === 'list' ? 'feeds.list-unnamed' : 'feeds.unnamed')
}
