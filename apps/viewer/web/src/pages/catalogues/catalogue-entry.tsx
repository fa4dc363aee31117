import { ArrowDown, ArrowUp, ListVideo } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { FollowedFeed } from '#api'
import { IconButton } from '../../design/icon-button.tsx'
import { Notice } from '../../design/notice.tsx'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { addresses } from '../../routing/addresses.ts'
import { FeedActs } from './feed-acts.tsx'
import { useFeedName } from './feed-name.ts'
import { confirmedSentence, reasonKey } from './feed-words.ts'
import { Fingerprint } from './fingerprint.tsx'
import { SourceList } from './source-list.tsx'

const WORKING = {
  looking: 'feeds.refreshing-looking',
  files: 'feeds.refreshing-files',
  works: 'feeds.refreshing-works',
} as const

/** Properties of {@link CatalogueEntry}. */
export interface CatalogueEntryProps {
  readonly feed: FollowedFeed
  /** Where it stands among the others; a list stands nowhere. */
  readonly order?: {
    /** From 1, of how many. */
    readonly place: number
    readonly count: number
    readonly onMove: (by: -1 | 1) => void
  }
  readonly onDone: (words: string) => void
}

/** A followed feed: what it is, how fresh, where it comes from, and what one may do about it. */
export function CatalogueEntry({ feed, order, onDone }: CatalogueEntryProps): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  const name = useFeedName(feed)
  const confirmed = confirmedSentence(feed, now, language)
  const isList = feed.kind === 'list'
  return (
    <li className="feed">
      <div className="feed-place">
        {order === undefined ? (
          <ListVideo className="feed-sign" size={32} strokeWidth={1.5} aria-hidden="true" />
        ) : (
          <FeedPlace name={name} {...order} />
        )}
      </div>
      <div className="feed-main">
        {order === undefined ? (
          <h3 className="feed-name">
            <Link href={addresses.list(feed.id)}>{name}</Link>
          </h3>
        ) : (
          <h2 className="feed-name">{name}</h2>
        )}
        <p className="feed-facts">
          {feed.operator === ''
            ? null
            : `${say(isList ? 'feeds.list-by' : 'feeds.by', { operator: feed.operator })}, `}
          {say('feeds.works', { count: feed.works })}
        </p>
        {feed.description === undefined ? null : <p className="note">{feed.description}</p>}
        {feed.missing === undefined || feed.missing === 0 ? null : (
          <p className="feed-facts">
            {say('list.missing-works', { count: feed.missing, named: feed.works })}
          </p>
        )}
        <p className="feed-confirmed" role="status">
          {feed.progress.kind === 'refreshing'
            ? say(WORKING[feed.progress.what])
            : say(confirmed.key, confirmed.values)}
        </p>
        <FeedNotice feed={feed} />
        <FeedActs feed={feed} onDone={onDone} />
      </div>
      <div className="feed-side">
        {feed.fingerprint === null ? null : (
          <section>
            <h3>{say(isList ? 'feeds.list-key' : 'feeds.fingerprint')}</h3>
            <Fingerprint fingerprint={feed.fingerprint} />
          </section>
        )}
        {feed.sources.length === 0 ? null : (
          <section>
            <h3>{say('feeds.sources')}</h3>
            <SourceList sources={feed.sources} />
          </section>
        )}
      </div>
    </li>
  )
}

/** Its number, and the steps up and down. */
function FeedPlace({
  name,
  place,
  count,
  onMove,
}: { readonly name: string } & Required<CatalogueEntryProps>['order']): ReactNode {
  const { say } = useText()
  return (
    <>
      <span className="feed-number" aria-hidden="true">
        {place}
      </span>
      {count === 1 ? null : (
        <div className="feed-steps">
          <IconButton
            icon={ArrowUp}
            label={say('feeds.up', { name })}
            aria-disabled={place === 1}
            onClick={() => onMove(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={say('feeds.down', { name })}
            aria-disabled={place === count}
            onClick={() => onMove(1)}
          />
        </div>
      )}
    </>
  )
}

/** What is wrong with what came last. */
function FeedNotice({ feed }: { readonly feed: FollowedFeed }): ReactNode {
  const { say } = useText()
  const name = useFeedName(feed)
  const { state } = feed
  switch (state.kind) {
    case 'fresh':
      return null
    case 'expired':
      return (
        <Notice kind="warning" heading={say('feeds.expired-heading', { name })}>
          {say('feeds.expired-note')}
        </Notice>
      )
    case 'waiting':
      return <Notice kind="note" heading={say('feeds.waiting')} />
    case 'refused': {
      const { file, code } = state
      return (
        <Notice kind="broken" heading={say('feeds.refused-heading', { name })}>
          {say(reasonKey(code))} {say('feeds.refused-note')}{' '}
          <code>{say('feeds.refused-file', { file, code })}</code>
        </Notice>
      )
    }
  }
}
