import type { ReactNode } from 'react'
import type { WorkCard } from '#api'
import { PosterCard } from '../design/poster-card.tsx'
import { useText } from '../i18n/text.tsx'
import { addresses } from '../routing/addresses.ts'
import { captionText } from '../words/card-words.ts'

/** A work of a list as a poster that leads to its page. */
export function WorkPoster({
  work,
  facts,
  allFacts,
}: {
  readonly work: WorkCard
  /** Under the title. Default: year and length. */
  readonly facts?: string
  /** More about it, where it stands beside its words. */
  readonly allFacts?: string
}): ReactNode {
  const words = useText()
  const { fraction, watched } = work.watch
  return (
    <PosterCard
      record={work}
      href={addresses.work(work.id)}
      imageUrl={work.posterUrl}
      facts={facts ?? captionText(work, words)}
      isWatched={watched}
      {...(allFacts === undefined ? {} : { allFacts })}
      {...(fraction === null ? {} : { progress: fraction })}
    />
  )
}
