import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { FeedOffer, FollowedFeed } from '#api'
import { codeOf } from '../../api/request.ts'
import { useFeedAct, useFeedClient, useFeeds } from '../../api/feed-queries.ts'
import { Toast } from '../../design/toast.tsx'
import { useText } from '../../i18n/text.tsx'
import { GrownUpsOnly } from '../../parts/grown-ups-only.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { AddressForm } from './address-form.tsx'
import { CatalogueEntry } from './catalogue-entry.tsx'
import { movedFeeds } from './feed-words.ts'
import { OfferSheet } from './offer-sheet.tsx'
import './catalogues-page.css'

/** The feeds that the programme comes from: their order, how fresh each is, and the way to follow another one. */
export function CataloguesPage(): ReactNode {
  const { say } = useText()
  const feeds = useFeeds()
  const [toast, setToast] = useState<string | null>(null)
  return (
    <Page title={say('feeds.heading')} className="catalogues">
      <PageHead
        within={{ href: addresses.settings, words: say('settings.heading') }}
        heading={say('feeds.heading')}
        lead={say('feeds.lead')}
      />
      {codeOf(feeds.error) === 'grown-ups' ? (
        <GrownUpsOnly />
      ) : feeds.data !== undefined ? (
        <>
          <FeedsInOrder
            feeds={feeds.data.feeds.filter(({ kind }) => kind !== 'list')}
            onDone={setToast}
          />
          <Lists lists={feeds.data.feeds.filter(({ kind }) => kind === 'list')} onDone={setToast} />
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
          order={{ place: at + 1, count: shown.length, onMove: (by) => move(feed, by) }}
          onDone={onDone}
        />
      ))}
    </ol>
  )
}

/** The lists that are followed by themselves: they have no order, since no record is shown as theirs. */
function Lists({
  lists,
  onDone,
}: {
  readonly lists: readonly FollowedFeed[]
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  if (lists.length === 0) return null
  return (
    <section className="feeds-lists" aria-labelledby="feeds-lists">
      <header>
        <h2 id="feeds-lists">{say('feeds.lists')}</h2>
        <p className="note">{say('feeds.lists-note')}</p>
      </header>
      <ul className="feeds">
        {lists.map((list) => (
          <CatalogueEntry key={list.id} feed={list} onDone={onDone} />
        ))}
      </ul>
    </section>
  )
}

/** Where somebody names a feed. What is there is shown first, and followed when its fingerprint is accepted. */
function FollowSection({ onDone }: { readonly onDone: (words: string) => void }): ReactNode {
  const { say, language } = useText()
  const client = useFeedClient()
  const queries = useQueryClient()
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
        onAddress={async (address, signal) =>
          setOffer(await client.look(language, address, signal))
        }
        onList={async (file, signal) => setOffer(await client.openFile(language, file, signal))}
      />
      {offer === null ? null : (
        <OfferSheet
          offer={offer}
          onClose={() => {
            setOffer(null)
            // A newer file of a list that is followed was taken when it was looked at.
            if (offer.news === 'newer') void queries.invalidateQueries()
          }}
          onFollowed={() => {
            const key = offer.kind === 'list' ? 'feeds.list-followed' : 'feeds.followed'
            onDone(say(key, { name: offer.name }))
            setOffer(null)
          }}
        />
      )}
    </section>
  )
}
