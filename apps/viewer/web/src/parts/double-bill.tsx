import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Programme } from '../design/programme-line.tsx'
import { useText } from '../i18n/text.tsx'
import { outBy, wallText } from '../player/time-text.ts'
import { Poster } from '../poster/poster.tsx'
import { addresses } from '../routing/addresses.ts'
import { totalSeconds, type DoubleBill } from '../words/bill.ts'
import { useNow } from './now.ts'
import { WorkLine } from './work-line.tsx'
import './double-bill.css'

/** Two films one after the other: their posters, when each would start, and when the lights come up. */
export function DoubleBillCard({ bill }: { readonly bill: DoubleBill }): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  const [first, second] = bill
  const seconds = totalSeconds(bill)
  const secondStarts = first.durationSeconds === null ? null : outBy(now, first.durationSeconds, 0)
  return (
    <div className="double-bill">
      <div className="double-bill-posters">
        {bill.map((work) => (
          <Link key={work.id} href={addresses.work(work.id)} tabIndex={-1} aria-hidden="true">
            <Poster record={work} imageUrl={work.posterUrl} />
          </Link>
        ))}
      </div>
      <div className="double-bill-times">
        <Programme>
          <WorkLine work={first} startsAt={now} shows="start" />
          <WorkLine work={second} startsAt={secondStarts} shows="start" />
        </Programme>
        {seconds === null ? null : (
          <p className="double-bill-total">
            <strong>
              {say('card.out-by', { time: wallText(outBy(now, seconds, 0), language) })}
            </strong>{' '}
            {say('home.bill-total', { count: Math.round(seconds / 60) })}
          </p>
        )}
      </div>
    </div>
  )
}
