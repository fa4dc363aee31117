import { CheckCheck } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import type { SeasonCard, WorkDetails } from '#api'
import { useShelfAct } from '../../api/shelf-queries.ts'
import { Button } from '../../design/button.tsx'
import { Tabs } from '../../design/tabs.tsx'
import { useText } from '../../i18n/text.tsx'
import { EpisodeLine } from './episode-line.tsx'
import { KeepEpisodes } from './keep-button.tsx'
import './season-list.css'

/** Seasons and their episodes; opens at the one that is next. */
export function SeasonList({ work }: { readonly work: WorkDetails }): ReactNode {
  const { say } = useText()
  const panel = useId()
  const [chosen, setChosen] = useState(() => seasonToShow(work)?.id ?? '')
  const season = work.seasons.find(({ id }) => id === chosen) ?? work.seasons[0]
  const mark = useShelfAct((client, watched: boolean) =>
    client.markWatched({
      workId: work.card.id,
      episodeId: null,
      seasonId: season?.id ?? null,
      watched,
    }),
  )
  if (season === undefined) return null
  const isWatched = season.episodes.every(({ watched }) => watched)
  return (
    <section className="seasons">
      <h2 className="for-readers">{say('work.seasons')}</h2>
      <Tabs
        label={say('work.seasons')}
        current={season.id}
        onChange={setChosen}
        panelId={panel}
        tabs={work.seasons.map((each) => ({
          id: each.id,
          label: each.title ?? say('work.season', { number: each.number }),
          ...(each.episodes.every(({ watched }) => watched) && each.episodes.length > 0
            ? { suffix: say('work.watched-suffix') }
            : {}),
        }))}
      >
        <div className="season-acts">
          <Button
            variant="quiet"
            size="small"
            icon={CheckCheck}
            isBusy={mark.isPending}
            onClick={() => mark.mutate(!isWatched)}
          >
            {say(isWatched ? 'work.unmark-season' : 'work.mark-season')}
          </Button>
          <KeepEpisodes
            work={work}
            episodeIds={season.episodes
              .filter(({ releases }) => releases.length > 0)
              .map(({ id }) => id)}
            title={season.title ?? say('work.season', { number: season.number })}
            words={say('keep.keep-season')}
          />
        </div>
      </Tabs>
      {mark.isError ? <p role="alert">{say('shelf.not-done')}</p> : null}
      <div role="tabpanel" id={panel} aria-label={say('work.episodes')}>
        <ol className="episodes">
          {season.episodes.map((episode) => (
            <EpisodeLine
              key={episode.id}
              work={work}
              season={season}
              episode={episode}
              isNext={episode.id === work.nextEpisodeId}
            />
          ))}
        </ol>
      </div>
    </section>
  )
}

/** The season of the episode that is next; when all are watched, the first one. */
function seasonToShow({ seasons, nextEpisodeId }: WorkDetails): SeasonCard | undefined {
  return (
    seasons.find(({ episodes }) => episodes.some(({ id }) => id === nextEpisodeId)) ?? seasons[0]
  )
}
