import { Check, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EpisodeCard, SeasonCard, WorkDetails } from '#api'
import { useShelfAct } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { ProgressLine } from '../../design/progress-line.tsx'
import { useText } from '../../i18n/text.tsx'
import { usePlayer } from '../../player/player-context.tsx'
import { EpisodeFrame } from './episode-frame.tsx'
import { KeepEpisodes } from './keep-button.tsx'

/** An episode: its frame, what it's about, and Play. */
export function EpisodeLine({
  work,
  season,
  episode,
  isNext,
}: {
  readonly work: WorkDetails
  readonly season: SeasonCard
  readonly episode: EpisodeCard
  readonly isNext: boolean
}): ReactNode {
  const { say } = useText()
  const { play } = usePlayer()
  const mark = useShelfAct((client, watched: boolean) =>
    client.markWatched({
      workId: work.card.id,
      episodeId: episode.id,
      seasonId: null,
      watched,
    }),
  )
  const { durationSeconds, seconds } = episode
  const canPlay = work.offered && episode.releases.length > 0
  return (
    <li className={isNext ? 'episode next' : 'episode'} aria-current={isNext ? 'true' : undefined}>
      <span className="episode-picture">
        {episode.stillUrl === null ? (
          <EpisodeFrame record={work.card} number={episode.number} count={season.episodes.length} />
        ) : (
          <img src={episode.stillUrl} alt="" width={176} height={99} loading="lazy" />
        )}
        {seconds === null || durationSeconds === null ? null : (
          <ProgressLine part={seconds / durationSeconds} />
        )}
      </span>
      <div className="episode-words">
        <h3>
          <span className="episode-number">{episode.number}</span> {episode.title}
          {seconds === null || durationSeconds === null ? null : (
            <span className="episode-left">
              {' · '}
              {say('home.left', {
                count: Math.max(1, Math.round((durationSeconds - seconds) / 60)),
              })}
            </span>
          )}
        </h3>
        {durationSeconds === null ? null : (
          <p className="episode-length">
            {say('card.short-minutes', { count: Math.max(1, Math.round(durationSeconds / 60)) })}
          </p>
        )}
        {episode.synopsis === null ? null : <p className="note">{episode.synopsis}</p>}
      </div>
      <div className="episode-acts">
        <Button
          variant="quiet"
          size="small"
          icon={Check}
          aria-pressed={episode.watched}
          aria-label={say(episode.watched ? 'work.unmark-named' : 'work.mark-named', {
            title: episode.title,
          })}
          isBusy={mark.isPending}
          onClick={() => mark.mutate(!episode.watched)}
        >
          {say(episode.watched ? 'work.watched' : 'work.mark')}
        </Button>
        {episode.releases.length === 0 ? null : (
          <KeepEpisodes
            work={work}
            episodeIds={[episode.id]}
            title={episode.title}
            words={say('keep.keep')}
          />
        )}
        {canPlay ? (
          <Button
            variant={isNext ? 'primary' : 'outline'}
            size="small"
            icon={Play}
            isIconFilled
            aria-label={say(seconds === null ? 'work.play-named' : 'work.resume-named', {
              title: episode.title,
            })}
            onClick={() => play({ workId: work.card.id, episodeId: episode.id })}
          >
            {say(seconds === null ? 'card.play' : 'work.resume-short')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
