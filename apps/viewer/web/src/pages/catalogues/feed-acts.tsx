import { Plus, RefreshCw, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { FollowedFeed } from '#api'
import { isRefreshing, useFeedAct } from '../../api/feed-queries.ts'
import { Button } from '../../design/button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { Toggle } from '../../design/toggle.tsx'
import { useText } from '../../i18n/text.tsx'
import { AddressForm } from './address-form.tsx'
import { useFeedName } from './feed-name.ts'

/** What one may do about a followed feed or list. */
export function FeedActs({
  feed,
  onDone,
}: {
  readonly feed: FollowedFeed
  readonly onDone: (words: string) => void
}): ReactNode {
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
            note={say(feed.kind === 'list' ? 'feeds.list-mirror-note' : 'feeds.mirror-note')}
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
          <p>{say(feed.kind === 'list' ? 'feeds.list-leave-note' : 'feeds.leave-note')}</p>
        </Sheet>
      ) : null}
    </>
  )
}
