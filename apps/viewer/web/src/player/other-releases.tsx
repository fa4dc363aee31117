import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Film, ReleaseCard, WorkDetails } from '#api'
import { useClient } from '../api/client-context.tsx'
import { useText } from '../i18n/text.tsx'
import { offeredReleases } from './offered-releases.ts'

/** The other releases of a film that this browser plays, each drawn by `render`. Nothing until they are known. */
export function OtherReleases({
  film,
  isTooSlow = false,
  render,
}: {
  readonly film: Film
  /** It comes slower than it plays: only smaller ones help. */
  readonly isTooSlow?: boolean
  readonly render: (release: ReleaseCard) => ReactNode
}): ReactNode {
  const client = useClient()
  const { language } = useText()
  const { data } = useQuery({
    queryKey: ['work', language, film.workId],
    queryFn: ({ signal }) => client.work(language, film.workId, signal),
  })
  if (data === undefined) return null
  return offeredReleases(releasesOf(data, film), film.releaseId, isTooSlow).map(render)
}

function releasesOf(work: WorkDetails, film: Film): readonly ReleaseCard[] {
  if (film.episodeId === null) return work.releases
  const episodes = work.seasons.flatMap((season) => season.episodes)
  return episodes.find(({ id }) => id === film.episodeId)?.releases ?? []
}
