import type { ReactNode } from 'react'
import type { ProgrammeRow } from '#api'
import { PosterRow } from '../../design/poster-row.tsx'
import { useText } from '../../i18n/text.tsx'
import { WorkPoster } from '../../parts/work-poster.tsx'
import { rowWords } from '../../words/row-words.ts'
import { rowAddress } from './row-address.ts'

/** A row of posters that runs off the edge. */
export function ProgrammeRowSection({ row }: { readonly row: ProgrammeRow }): ReactNode {
  const words = useText()
  const { heading, note } = rowWords(row.heading, words)
  const href = rowAddress(row)
  return (
    <PosterRow
      heading={heading}
      {...(note === null ? {} : { note })}
      {...(href === null
        ? {}
        : { all: { href, text: words.say('home.all', { count: row.total }) } })}
    >
      {row.works.map((work) => (
        <WorkPoster key={work.id} work={work} />
      ))}
    </PosterRow>
  )
}
