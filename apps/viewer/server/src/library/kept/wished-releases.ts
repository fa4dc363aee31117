import type { KeepWish } from '#api'
import { offeredReleases, type Release } from '@matinee/catalogue'
import { episodesOf } from '../episodes.ts'
import { chooseFilm } from '../film-choice.ts'
import type { FoundWork } from '../shop-window.ts'
import type { Viewer } from '../viewer.ts'

/** A release of a work, and what of it is wanted. */
export interface WishedRelease {
  readonly release: Release
  /** Null = all of it. */
  readonly episodeIds: readonly string[] | null
}

/** The releases that have what is wished for: the best of the film, or of each episode. */
export function releasesFor(
  { record }: FoundWork,
  { episodeIds, adopt }: KeepWish,
  viewer: Viewer,
): readonly WishedRelease[] {
  const offered = offeredReleases(record, viewer.territory, viewer.today)
  const episodes = episodesOf(record, viewer).map(({ id }) => id)
  if (episodes.length === 0) {
    const choice = chooseFilm(offered, { episodeId: null, releaseId: null })
    return choice === null ? [] : [{ release: choice.release, episodeIds: null }]
  }
  const wanted = episodeIds === null ? episodes : episodes.filter((id) => episodeIds.includes(id))
  const byRelease = Map.groupBy(
    wanted.flatMap((episodeId) => {
      const choice = chooseFilm(offered, { episodeId, releaseId: null })
      return choice === null ? [] : [{ episodeId, release: choice.release }]
    }),
    ({ release }) => release,
  )
  return [...byRelease].map(([release, chosen]) => ({
    release,
    episodeIds: adopt ? null : chosen.map(({ episodeId }) => episodeId),
  }))
}
