import type { ReactNode } from 'react'
import type { FeedOffer } from '#api'
import { codeOf } from '../../api/client.ts'
import { useFeedAct } from '../../api/feed-queries.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import { lookProblem } from './feed-words.ts'
import { Fingerprint } from './fingerprint.tsx'

/** What a list's file is beside the list that is followed. */
const NEWS = {
  newer: 'feeds.list-newer',
  same: 'feeds.is-followed',
  refused: 'feeds.list-older',
} as const

/** What was found at an address: whose it is and its fingerprint, to be accepted or not. */
export function OfferSheet({
  offer,
  onClose,
  onFollowed,
}: {
  readonly offer: FeedOffer
  readonly onClose: () => void
  readonly onFollowed: () => void
}): ReactNode {
  const { say } = useText()
  const isList = offer.kind === 'list'
  const follow = useFeedAct((client) => client.follow(offer.offer, offer.fingerprint))
  return (
    <Sheet
      heading={say(isList ? 'feeds.list-question' : 'feeds.offer-question')}
      onClose={onClose}
      foot={
        offer.isFollowed ? (
          <Button onClick={onClose}>{say('design.close')}</Button>
        ) : (
          <>
            <Button
              variant="primary"
              isBusy={follow.isPending}
              onClick={() => follow.mutate(undefined, { onSuccess: onFollowed })}
            >
              {say('feeds.accept')}
            </Button>
            <Button variant="quiet" onClick={onClose}>
              {say('feeds.not-now')}
            </Button>
          </>
        )
      }
    >
      <p className="offer-name">{offer.name}</p>
      <p className="offer-facts">
        {offer.operator === ''
          ? say('feeds.nobody')
          : say(isList ? 'feeds.list-by' : 'feeds.by', { operator: offer.operator })}
        , {say('feeds.works', { count: offer.works })}
      </p>
      <section className="offer-fingerprint">
        <h3>{say(isList ? 'feeds.list-key' : 'feeds.fingerprint')}</h3>
        <Fingerprint fingerprint={offer.fingerprint} />
        <p className="field-note">
          {say(isList ? 'feeds.list-key-note' : 'feeds.fingerprint-note')}
        </p>
      </section>
      {isList ? <p className="offer-facts">{say('feeds.lists-note')}</p> : null}
      {offer.address === '' ? null : (
        <p className="offer-facts">
          {say('feeds.from')} <span className="feed-address">{offer.address}</span>
        </p>
      )}
      {offer.isFollowed ? (
        <Notice
          kind={offer.news === 'refused' ? 'warning' : 'note'}
          heading={say(NEWS[offer.news ?? 'same'])}
        />
      ) : null}
      <div role="alert">
        {follow.isError ? (
          <Notice kind="broken" heading={say(lookProblem(codeOf(follow.error)))} />
        ) : null}
      </div>
    </Sheet>
  )
}
