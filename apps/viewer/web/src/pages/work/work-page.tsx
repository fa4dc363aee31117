import { useEffect, useRef, type ReactNode } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import type { WorkDetails } from '#api'
import { codeOf } from '../../api/request.ts'
import { useWork } from '../../api/work-queries.ts'
import { PosterRow } from '../../design/poster-row.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { useText } from '../../i18n/text.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { WithdrawalNotice } from '../../parts/withdrawal-notice.tsx'
import { WorkPoster } from '../../parts/work-poster.tsx'
import { LaterFilmPlayer } from '../../player/later-film-player.ts'
import { usePlayer } from '../../player/player-context.tsx'
import { Page } from '../../routing/page.tsx'
import { AlsoIn } from './also-in.tsx'
import { ChapterList } from './chapter-list.tsx'
import { LinkList } from './link-list.tsx'
import { PeopleList } from './people-list.tsx'
import { ReleaseList } from './release-list.tsx'
import { RightsCard } from './rights-card.tsx'
import { SeasonList } from './season-list.tsx'
import { SwarmHealth } from './swarm-health.tsx'
import { ThanksCard } from './thanks-card.tsx'
import { WorkHero } from './work-hero.tsx'
import './work-page.css'

/** A work: what it is, how it would play, and why it may be watched and shared. */
export function WorkPage({ workId }: { readonly workId: string }): ReactNode {
  const { say } = useText()
  const work = useWork(workId)
  const title =
    work.data?.card.title ?? say(work.isError ? faultHeading(work.error) : 'work.loading')
  return (
    <Page title={title}>
      {work.data !== undefined ? (
        <Whole key={workId} work={work.data} />
      ) : work.isError ? (
        <>
          <h1 className="for-readers">{title}</h1>
          <Fault error={work.error} onAgain={() => void work.refetch()} />
        </>
      ) : (
        <Loading words={say('work.loading')} />
      )}
    </Page>
  )
}

function faultHeading(error: Error): TextKey {
  return codeOf(error) === 'not-found' ? 'missing.heading' : 'failed.heading'
}

function Whole({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  const { card } = work
  usePressedElsewhere(card.id, work.offered)
  useEffect(() => {
    // Who looks at a work may press play: its player is here by then. Without it, the press fetches it.
    LaterFilmPlayer.prepare()
  }, [])
  return (
    <>
      <WorkHero work={work} />
      <div className="work-columns">
        <div className="work-main">
          {work.withdrawals.length === 0 ? null : (
            <div className="work-withdrawals">
              {work.withdrawals.map((withdrawal) => (
                <WithdrawalNotice
                  key={`${withdrawal.by} ${withdrawal.on}`}
                  withdrawal={withdrawal}
                />
              ))}
            </div>
          )}
          {work.synopsis === null ? null : (
            <p className="lead work-synopsis" dir="auto" lang={work.synopsisLanguage ?? undefined}>
              {work.synopsis}
            </p>
          )}
          <SwarmHealth work={work} />
          {work.seasons.length === 0 ? null : <SeasonList work={work} />}
          {work.chapters.length === 0 ? null : <ChapterList work={work} />}
          {work.releases.length === 0 ? null : <ReleaseList work={work} />}
          {work.people.length === 0 ? null : <PeopleList people={work.people} />}
          {work.alsoIn.length === 0 ? null : <AlsoIn alsoIn={work.alsoIn} />}
          <LinkList work={work} />
        </div>
        <div className="work-side">
          <RightsCard
            rights={work.rights}
            withdrawal={work.withdrawals.find(({ acts }) => acts) ?? null}
          />
          {work.thanks === null ? null : <ThanksCard thanks={work.thanks} />}
        </div>
      </div>
      {work.similar.length === 0 ? null : (
        <PosterRow heading={say('work.similar')}>
          {work.similar.map((other) => (
            <WorkPoster key={other.id} work={other} />
          ))}
        </PosterRow>
      )}
    </>
  )
}

/** Plays at once when Play was pressed on the page before. */
function usePressedElsewhere(workId: string, isOffered: boolean): void {
  const { play } = usePlayer()
  const arrival = useHistoryState<{ readonly play?: boolean } | null>()
  const isPressed = useRef(arrival?.play === true)
  useEffect(() => {
    if (!isPressed.current) return
    isPressed.current = false
    // Play was pressed once; going back here, or loading the page again, isn't pressing it.
    history.replaceState(null, '')
    if (isOffered) play({ workId })
  }, [play, workId, isOffered])
}
