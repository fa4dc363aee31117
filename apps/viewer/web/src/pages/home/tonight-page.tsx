import { startTransition, useEffect, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Programme } from '#api'
import { useProgramme, useTonight } from '../../api/programme-queries.ts'
import { useSettings } from '../../api/shelf-queries.ts'
import { ButtonLink } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { useText } from '../../i18n/text.tsx'
import { openDrawings } from '../../poster/drawings.ts'
import { addresses } from '../../routing/addresses.ts'
import { Page } from '../../routing/page.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { CarryOn } from './carry-on.tsx'
import { DoubleBillSection } from './double-bill-section.tsx'
import { ProgrammeRowSection } from './programme-row-section.tsx'
import { eveningOf, planProgramme } from './programme-plan.ts'
import { ShortTonight } from './short-tonight.tsx'
import { TonightHero } from './tonight-hero.tsx'
import { Wall } from './wall.tsx'
import './tonight-page.css'

/** More than a window shows under the feature. */
const BLOCKS_AT_FIRST = 2

/** Tonight: one film, what was begun, what is short, and the programme. */
export function TonightPage(): ReactNode {
  const { say } = useText()
  const programme = useProgramme()
  // The hero stands in the programme's answer's place; what it shows is asked for at the same time.
  useTonight([])
  useEffect(openDrawings, [])
  const { data } = programme
  return (
    <Page title={say('home.title')} className="home">
      {data !== undefined ? (
        <Evening programme={data} />
      ) : programme.isError ? (
        <Fault onAgain={() => void programme.refetch()} error={programme.error} />
      ) : (
        <Opening />
      )}
    </Page>
  )
}

/** The programme isn't known yet. */
function Opening(): ReactNode {
  const { say } = useText()
  return (
    <>
      <h1 className="for-readers">{say('home.title')}</h1>
      <Loading words={say('home.loading')} longWords={say('home.loading-long')} />
    </>
  )
}

function Evening({ programme }: { readonly programme: Programme }): ReactNode {
  const { say } = useText()
  const { carryOn, shortTonight, notOfferedHere } = programme
  const blocksShown = useFirst(BLOCKS_AT_FIRST)
  const evening = eveningOf(programme)
  if (evening === 'loading') return <Opening />
  if (evening === 'nothing') return <NothingTonight notOfferedHere={notOfferedHere} />
  return (
    <>
      <TonightHero />
      <div className={carryOn.length === 0 ? 'home-columns one' : 'home-columns'}>
        <CarryOn cards={carryOn} />
        <ShortTonight works={shortTonight} />
      </div>
      {planProgramme(programme)
        .slice(0, blocksShown)
        .map(({ id, block }) => {
          switch (block.kind) {
            case 'double-bill':
              return <DoubleBillSection key={id} row={block.row} bill={block.bill} />
            case 'wall':
              return <Wall key={id} row={block.row} />
            case 'row':
              return <ProgrammeRowSection key={id} row={block.row} />
          }
        })}
      {notOfferedHere === 0 ? null : (
        <p className="home-elsewhere">
          {say('home.elsewhere', { count: notOfferedHere })}{' '}
          <Link href={addresses.settings}>{say('home.check-country')}</Link>
        </p>
      )}
    </>
  )
}

/** So many at first, and all as soon as those are seen: what's further down keeps nobody waiting. */
function useFirst(count: number): number {
  const [shown, setShown] = useState(count)
  useEffect(() => startTransition(() => setShown(Infinity)), [])
  return shown
}

function NothingTonight({ notOfferedHere }: { readonly notOfferedHere: number }): ReactNode {
  const { say } = useText()
  const isChild = useSettings().data?.profile.isChild ?? false
  return (
    <>
      <h1 className="home-bare">{say('home.title')}</h1>
      {isChild ? (
        <EmptyState
          picture="screen"
          heading={say('profiles.nothing')}
          note={say('profiles.nothing-note')}
        />
      ) : notOfferedHere === 0 ? (
        <EmptyState picture="screen" heading={say('home.empty')} note={say('home.empty-note')} />
      ) : (
        <EmptyState
          picture="beam"
          heading={say('home.not-here')}
          note={say('home.not-here-note', { count: notOfferedHere })}
          act={<ButtonLink href={addresses.settings}>{say('home.check-country')}</ButtonLink>}
        />
      )}
    </>
  )
}
