import type { ReactNode } from 'react'
import type { ListPage as ListAnswer } from '#api'
import { useCuratedList } from '../../api/programme-queries.ts'
import { useText } from '../../i18n/text.tsx'
import { DoubleBillCard } from '../../parts/double-bill.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { useNow } from '../../parts/now.ts'
import { WorkWall } from '../../parts/work-wall.tsx'
import { outBy, wallText } from '../../player/time-text.ts'
import { Page } from '../../routing/page.tsx'
import { doubleBillOfList, totalSeconds } from '../../words/bill.ts'
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
  return (
    <>
      <header className="page-head">
        <p className="page-kind">{say(bill === null ? 'list.kind' : 'home.double-bill')}</p>
        <h1>{list.title}</h1>
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
      </header>
      {bill !== null ? <DoubleBillCard bill={bill} /> : <WorkWall works={list.works} />}
    </>
  )
}
