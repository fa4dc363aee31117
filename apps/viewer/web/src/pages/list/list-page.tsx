import type { ReactNode } from 'react'
import type { ListPage as ListAnswer } from '#api'
import { Link } from 'wouter'
import { useCuratedList } from '../../api/programme-queries.ts'
import { useText } from '../../i18n/text.tsx'
import { DoubleBillCard } from '../../parts/double-bill.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { useNow } from '../../parts/now.ts'
import { WorkWall } from '../../parts/work-wall.tsx'
import { outBy, wallText } from '../../player/time-text.ts'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { doubleBillOfList, totalSeconds } from '../../words/bill.ts'
import { ChosenWall } from './chosen-wall.tsx'
import '../../parts/page-head.css'
import './list-page.css'

/** A curated list: a wall of posters, or an evening of two films. */
export function ListPage({ listId }: { readonly listId: string }): ReactNode {
  const { say } = useText()
  const list = useCuratedList(listId)
  const { data } = list
  return (
    <Page title={data?.title ?? say('list.kind')} className="list-page">
      {data !== undefined ? (
        <CuratedList list={data} />
      ) : list.isError ? (
        <>
          <h1 className="for-readers">{say('list.kind')}</h1>
          <Fault
            error={list.error}
            missing={say('list.missing')}
            onAgain={() => void list.refetch()}
          />
        </>
      ) : (
        <Loading words={say('home.loading')} />
      )}
    </Page>
  )
}

function CuratedList({ list }: { readonly list: ListAnswer }): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  const bill = doubleBillOfList(list)
  const seconds = totalSeconds(list.works)
  const { chosen } = list
  return (
    <>
      <header className="page-head">
        <p className="page-kind">{say(bill === null ? 'list.kind' : 'home.double-bill')}</p>
        <h1>{list.title}</h1>
        {chosen === null ? null : (
          <p className="list-curator">{say('list.chosen-by', { name: chosen.by })}</p>
        )}
        {list.note === null ? null : <p className="lead">{list.note}</p>}
        <p className="page-facts">
          {say('list.works', { count: list.works.length })}
          {seconds === null || bill === null ? null : (
            <>
              {'. '}
              {say('list.bill-times', { time: wallText(outBy(now, seconds, 0), language) })}
            </>
          )}
        </p>
        {chosen === null ? null : <NotHere chosen={chosen} />}
      </header>
      {bill !== null ? (
        <DoubleBillCard bill={bill} />
      ) : chosen !== null && Object.keys(chosen.notes).length > 0 ? (
        <ChosenWall works={list.works} notes={chosen.notes} />
      ) : (
        <WorkWall works={list.works} />
      )}
    </>
  )
}

/** What of somebody's list isn't here, and where that can be mended. */
function NotHere({ chosen }: { readonly chosen: NonNullable<ListAnswer['chosen']> }): ReactNode {
  const { say } = useText()
  const { named, missing, notOffered } = chosen
  if (missing === 0 && notOffered === 0) return null
  return (
    <p className="note list-not-here">
      {missing === 0 ? null : say('list.missing-works', { count: missing, named })}{' '}
      {notOffered === 0 ? null : say('list.not-offered', { count: notOffered })}{' '}
      {missing === 0 ? null : <Link href={addresses.catalogues}>{say('feeds.settings-open')}</Link>}
    </p>
  )
}
