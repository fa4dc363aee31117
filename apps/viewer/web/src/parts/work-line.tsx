import type { ReactNode } from 'react'
import type { WorkCard } from '#api'
import { ProgrammeLine } from '../design/programme-line.tsx'
import { useText } from '../i18n/text.tsx'
import { outBy, wallText } from '../player/time-text.ts'
import { addresses } from '../routing/addresses.ts'
import { lengthText, makerText } from '../words/card-words.ts'

/** A film as a line of the programme. */
export function WorkLine({
  work,
  startsAt,
  shows,
}: {
  readonly work: WorkCard
  /** Null = nobody knows when. */
  readonly startsAt: Date | null
  /** Which time stands before it: when it starts, or when one would be out. */
  readonly shows: 'start' | 'end'
}): ReactNode {
  const words = useText()
  const time = shows === 'start' ? startsAt : endOf(work, startsAt)
  return (
    <ProgrammeLine
      href={addresses.work(work.id)}
      time={time === null ? '' : wallText(time, words.language)}
      title={work.title}
      titleLanguage={work.titleLanguage}
      maker={makerText(work, words)}
      length={lengthText(work, words)}
    />
  )
}

function endOf({ durationSeconds }: WorkCard, startsAt: Date | null): Date | null {
  return durationSeconds === null || startsAt === null ? null : outBy(startsAt, durationSeconds, 0)
}
