import { Play, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WorkDetails } from '#api'
import { Button } from '../../design/button.tsx'
import { Hero } from '../../design/hero.tsx'
import { useText } from '../../i18n/text.tsx'
import { useNow } from '../../parts/now.ts'
import { usePlayer } from '../../player/player-context.tsx'
import { outBy, timeText, wallText } from '../../player/time-text.ts'
import { factsText } from '../../words/card-words.ts'
import { AdvisoryLine } from './advisory-line.tsx'
import { WorkActs } from './work-acts.tsx'

/** The work on its own colours, and the one button. */
export function WorkHero({ work }: { readonly work: WorkDetails }): ReactNode {
  const words = useText()
  const { say, language } = words
  const now = useNow()
  const { play } = usePlayer()
  const { card } = work
  const next = work.seasons
    .flatMap((season) => season.episodes.map((episode) => ({ season, episode })))
    .find(({ episode }) => episode.id === work.nextEpisodeId)
  const seconds = next?.episode.seconds ?? work.resumeSeconds
  const durationSeconds = next?.episode.durationSeconds ?? card.durationSeconds
  const place =
    next === undefined
      ? null
      : say('home.episode', { season: next.season.number, episode: next.episode.number })
  const isWithdrawn = work.withdrawals[0]?.acts === true
  const canPlay =
    work.ownCopy ||
    (work.offered &&
      (card.kind === 'series'
        ? work.seasons.some((season) => season.episodes.some(({ releases }) => releases.length > 0))
        : work.releases.length > 0))
  return (
    <Hero
      record={card}
      titleLanguage={card.titleLanguage}
      stillUrl={card.stillUrl}
      facts={
        <>
          <p>{factsText(card, words)}</p>
          {card.originalTitle === null ? null : (
            <p className="work-original">{say('work.original', { title: card.originalTitle })}</p>
          )}
          <AdvisoryLine work={work} />
        </>
      }
      acts={
        canPlay ? (
          <>
            <Button
              variant="on-panel"
              icon={Play}
              isIconFilled
              onClick={() => play({ workId: card.id })}
            >
              {place !== null
                ? place
                : seconds === null
                  ? say('card.play')
                  : say('work.resume', { time: timeText(seconds) })}
            </Button>
            {seconds === null || card.kind === 'series' ? null : (
              <Button
                variant="on-panel-outline"
                icon={RotateCcw}
                onClick={() => play({ workId: card.id, fromSeconds: 0 })}
              >
                {say('work.from-start')}
              </Button>
            )}
            <WorkActs work={work} />
          </>
        ) : (
          <>
            <p className="work-not-offered">
              {say(
                isWithdrawn
                  ? 'withdrawn.not-offered'
                  : work.offered
                    ? 'work.no-release'
                    : 'work.not-offered',
              )}
            </p>
            <WorkActs work={work} />
          </>
        )
      }
      {...(!canPlay || durationSeconds === null
        ? {}
        : {
            outBy: say('card.out-by', {
              time: wallText(outBy(now, durationSeconds, seconds ?? 0), language),
            }),
          })}
    />
  )
}
