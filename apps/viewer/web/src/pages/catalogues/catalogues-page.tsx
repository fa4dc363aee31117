import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { FeedOffer, FollowedFeed } from '#api'
import { codeOf } from '../../api/request.ts'
import { useFeedAct, useFeedClient, useFeeds } from '../../api/feed-queries.ts'
import { Toast } from '../../design/toast.tsx'
import { useText } from '../../i18n/text.tsx'
import { GrownUpsOnly } from '../../parts/grown-ups-only.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { AddressForm } from './address-form.tsx'
import { CatalogueEntry } from './catalogue-entry.tsx'
import { movedFeeds } from './feed-words.ts'
import { OfferSheet } from './offer-sheet.tsx'
import '../../parts/page-head.css'
import './catalogues-page.css'

/** The feeds that the programme comes from: their order, how fresh each is, and the way to follow another one. */
export function CataloguesPage(): ReactNode {
  const { say } = useText()
  const feeds = useFeeds()
  const [toast, setToast] = useState<string | null>(null)
  return (
    <Page title={say('feeds.heading')} className="catalogues">
      <header className="page-head">
        <p className="page-kind">
          <Link href={addresses.settings}>{say('settings.heading')}</Link>
        </p>
        <h1>{say('feeds.heading')}</h1>
        <p className="lead">{say('feeds.lead')}</p>
      </header>
      {codeOf(feeds.error) === 'grown-ups' ? (
        <GrownUpsOnly />
      ) : feeds.data !== undefined ? (
        <>
          <FeedsInOrder feeds={feeds.data.feeds} onDone={setToast} />
          <FollowSection onDone={setToast} />
        </>
      ) : feeds.isError ? (
        <Fault error={feeds.error} onAgain={() => void feeds.refetch()} />
      ) : (
        <Loading words={say('feeds.loading')} />
      )}
      <Toast words={toast} onGone={() => setToast(null)} />
    </Page>
  )
}

function FeedsInOrder({
  feeds,
  onDone,
}: {
  readonly feeds: readonly FollowedFeed[]
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  const order = useFeedAct((client, ids: readonly string[]) => client.order(ids))
  // While an order is being kept, it's shown already.
  const ids = order.isPending ? order.variables : feeds.map(({ id }) => id)
  const shown = ids.flatMap((id) => feeds.find((feed) => feed.id === id) ?? [])
  const move = (feed: FollowedFeed, by: -1 | 1): void => {
    const moved = movedFeeds(ids, feed.id, by)
    if (moved === ids || order.isPending) return
    const place = moved.indexOf(feed.id) + 1
    const { name } = feed
    order.mutate(moved, {
      onSuccess: () => onDone(say('feeds.moved', { name, place, count: moved.length })),
      onError: () => onDone(say('feeds.not-done')),
    })
  }
  return (
    <ol className="feeds">
      {shown.map((feed, at) => (
        <CatalogueEntry
          key={feed.id}
          feed={feed}
          place={at + 1}
          count={shown.length}
          onMove={(by) => move(feed, by)}
          onDone={onDone}
        />
      ))}
    </ol>
  )
}

/** Where somebody names a feed. What is there is shown first, and followed when its fingerprint is accepted. */
function FollowSection({ onDone }: { readonly onDone: (words: string) => void }): ReactNode {
  const { say, language } = useText()
  const client = useFeedClient()
  const [offer, setOffer] = useState<FeedOffer | null>(null)
  return (
    <section className="feeds-follow">
      <div>
        <h2>{say('feeds.follow')}</h2>
        <p className="note">{say('feeds.follow-note')}</p>
      </div>
      <AddressForm
        note={say('feeds.address-note')}
        submit={say('feeds.look')}
        takesFiles
        onAddress={async (address, signal) =>
          setOffer(await client.look(language, address, signal))
        }
      />
      {offer === null ? null : (
        <OfferSheet
          offer={offer}
          onClose={() => setOffer(null)}
          onFollowed={() => {
            onDone(say('feeds.followed', { name: offer.name }))
            setOffer(null)
          }}
        />
      )}
    </section>
  )
}
