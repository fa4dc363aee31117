import { ArrowDown, ArrowUp, Plus, RefreshCw, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { FollowedFeed } from '#api'
import { isRefreshing, useFeedAct } from '../../api/feed-queries.ts'
import { Button } from '../../design/button.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { AddressForm } from './address-form.tsx'
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
  /** From 1, of how many. */
  readonly place: number
  readonly count: number
  readonly onMove: (by: -1 | 1) => void
  readonly onDone: (words: string) => void
}

/** A followed feed: what it is, how fresh, where it comes from, and what one may do about it. */
export function CatalogueEntry(props: CatalogueEntryProps): ReactNode {
  const { feed, place, count, onMove } = props
  const { say, language } = useText()
  const now = useNow()
  const name = useFeedName(feed)
  const confirmed = confirmedSentence(feed, now, language)
  return (
    <li className="feed">
      <div className="feed-place">
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
      </div>
      <div className="feed-main">
        <h2>{name}</h2>
        <p className="feed-facts">
          {feed.operator === '' ? null : `${say('feeds.by', { operator: feed.operator })}, `}
          {say('feeds.works', { count: feed.works })}
        </p>
        {feed.description === undefined ? null : <p className="note">{feed.description}</p>}
        <p className="feed-confirmed" role="status">
          {feed.progress.kind === 'refreshing'
            ? say(WORKING[feed.progress.what])
            : say(confirmed.key, confirmed.values)}
        </p>
        <FeedNotice feed={feed} />
        <FeedActs {...props} />
      </div>
      <div className="feed-side">
        {feed.fingerprint === null ? null : (
          <section>
            <h3>{say('feeds.fingerprint')}</h3>
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

/** A feed of which nothing has come yet hasn't said its name. */
function useFeedName({ name }: FollowedFeed): string {
  const { say } = useText()
  return name === '' ? say('feeds.unnamed') : name
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

function FeedActs({ feed, onDone }: CatalogueEntryProps): ReactNode {
  const { say } = useText()
  const [asks, setAsks] = useState<'mirror' | 'leave' | null>(null)
  const { id } = feed
  const name = useFeedName(feed)
  const refresh = useFeedAct((client) => client.refresh(id))
  const leave = useFeedAct((client) => client.drop(id))
  const safety = useFeedAct((client, decides: boolean) => client.decideSafety(id, decides))
  // A switch that goes back for a moment before it holds looks as if it refused.
  const [decides, setDecides] = useState<boolean | null>(null)
  const mirror = useFeedAct((client, address: string) => client.addSource(id, address))
  const onError = (): void => onDone(say('feeds.not-done'))
  if (feed.kind === 'bundled') return null
  return (
    <>
      {feed.kind === 'signed' ? (
        <Toggle
          label={say('feeds.safety')}
          note={say('feeds.safety-note')}
          isOn={decides ?? feed.decidesSafety}
          onChange={(isOn) => {
            setDecides(isOn)
            safety.mutate(isOn, { onError, onSettled: () => setDecides(null) })
          }}
        />
      ) : null}
      <div className="feed-acts">
        <Button
          size="small"
          icon={RefreshCw}
          aria-label={say('feeds.refresh-named', { name })}
          isBusy={refresh.isPending || isRefreshing(feed)}
          onClick={() => refresh.mutate(undefined, { onError })}
        >
          {say('feeds.refresh')}
        </Button>
        <Button
          size="small"
          icon={Plus}
          aria-label={say('feeds.add-mirror-named', { name })}
          onClick={() => setAsks('mirror')}
        >
          {say('feeds.add-mirror')}
        </Button>
        <Button
          variant="quiet"
          size="small"
          icon={X}
          aria-label={say('feeds.leave-named', { name })}
          onClick={() => setAsks('leave')}
        >
          {say('feeds.leave')}
        </Button>
      </div>
      {asks === 'mirror' ? (
        <Sheet heading={say('feeds.add-mirror-named', { name })} onClose={() => setAsks(null)}>
          <AddressForm
            note={say('feeds.mirror-note')}
            submit={say('feeds.add-mirror')}
            onAddress={async (address) => {
              await mirror.mutateAsync(address)
              setAsks(null)
              onDone(say('feeds.mirror-added', { name }))
            }}
          />
        </Sheet>
      ) : asks === 'leave' ? (
        <Sheet
          heading={say('feeds.leave-question', { name })}
          onClose={() => setAsks(null)}
          foot={
            <>
              <Button
                variant="primary"
                isBusy={leave.isPending}
                onClick={() =>
                  // NOTE: a promise, which is kept although this entry goes away with its feed.
                  void leave
                    .mutateAsync()
                    .then(() => onDone(say('feeds.left', { name })), onError)
                    .finally(() => setAsks(null))
                }
              >
                {say('feeds.leave')}
              </Button>
              <Button variant="quiet" onClick={() => setAsks(null)}>
                {say('feeds.not-now')}
              </Button>
            </>
          }
        >
          <p>{say('feeds.leave-note')}</p>
        </Sheet>
      ) : null}
    </>
  )
}
