import { useState, type ReactNode } from 'react'
import type { Shelf } from '#api'
import { useSettings, useShelf } from '../../api/shelf-queries.ts'
import { ButtonLink } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { NavTabs } from '../../design/nav-tabs.tsx'
import { Toast } from '../../design/toast.tsx'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Missing } from '../../parts/missing.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { WorkWall } from '../../parts/work-wall.tsx'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { CarryOn } from '../home/carry-on.tsx'
import { LinkedComputers } from '../links/linked-computers.tsx'
import { HistoryView } from './history-view.tsx'
import { OwnListsView } from './own-lists-view.tsx'
import { SealedShelfActs } from './sealed-shelf-acts.tsx'
import { ShelfFileActs } from './shelf-file-acts.tsx'
import { WithdrawnWorks } from './withdrawn-works.tsx'
import './shelf-page.css'

/** What the viewer began, keeps and watched. Nobody else sees it. */
export function ShelfPage({ view }: { readonly view: string }): ReactNode {
  const { say } = useText()
  const shelf = useShelf()
  const settings = useSettings()
  const [toast, setToast] = useState<string | null>(null)
  const isGrownUp = settings.data?.profile.isChild === false
  const tabs = [
    { href: addresses.shelf, label: say('shelf.carry-on') },
    { href: `${addresses.shelf}/favourites`, label: say('shelf.favourites') },
    { href: `${addresses.shelf}/lists`, label: say('shelf.lists') },
    { href: `${addresses.shelf}/history`, label: say('shelf.history') },
    ...(isGrownUp ? [{ href: addresses.kept, label: say('keep.kept') }] : []),
  ]
  const current = tabs.find(
    ({ href }) => href === `${addresses.shelf}${view === '' ? '' : '/'}${view}`,
  )
  return (
    <Page title={current?.label ?? say('shelf.heading')} className="shelf">
      <PageHead heading={say('shelf.heading')} lead={say('shelf.note')} />
      <NavTabs label={say('shelf.heading')} tabs={tabs} current={current?.href ?? ''} />
      {current === undefined ? (
        <Missing />
      ) : shelf.data !== undefined ? (
        <>
          <View view={view} shelf={shelf.data} onDone={setToast} />
          {view === 'history' || shelf.data.withdrawn.length === 0 ? null : (
            <WithdrawnWorks works={shelf.data.withdrawn} onDone={setToast} />
          )}
          {isGrownUp ? (
            <>
              <LinkedComputers own={settings.data?.profile.id ?? ''} onDone={setToast} />
              <SealedShelfActs onDone={setToast} />
              <ShelfFileActs onDone={setToast} />
            </>
          ) : null}
        </>
      ) : shelf.isError ? (
        <Fault error={shelf.error} onAgain={() => void shelf.refetch()} />
      ) : (
        <Loading words={say('shelf.loading')} />
      )}
      <Toast words={toast} onGone={() => setToast(null)} />
    </Page>
  )
}

function View({
  view,
  shelf,
  onDone,
}: {
  readonly view: string
  readonly shelf: Shelf
  readonly onDone: (words: string) => void
}): ReactNode {
  const { say } = useText()
  switch (view) {
    case 'favourites':
      return shelf.favourites.length === 0 ? (
        <Nothing heading={say('shelf.no-favourites')} note={say('shelf.no-favourites-note')} />
      ) : (
        <WorkWall works={shelf.favourites} />
      )
    case 'lists':
      return <OwnListsView lists={shelf.lists} onDone={onDone} />
    case 'history':
      return <HistoryView onDone={onDone} />
    default:
      return (
        <>
          {shelf.carryOn.length === 0 ? (
            <Nothing heading={say('shelf.nothing-begun')} note={say('shelf.nothing-begun-note')} />
          ) : (
            <CarryOn cards={shelf.carryOn} />
          )}
          {shelf.watchedCount === 0 ? null : (
            <p className="note">{say('shelf.watched', { count: shelf.watchedCount })}</p>
          )}
        </>
      )
  }
}

function Nothing({
  heading,
  note,
}: {
  readonly heading: string
  readonly note: string
}): ReactNode {
  const { say } = useText()
  return (
    <EmptyState
      picture="seats"
      heading={heading}
      note={note}
      act={<ButtonLink href={addresses.tonight}>{say('missing.back')}</ButtonLink>}
    />
  )
}
