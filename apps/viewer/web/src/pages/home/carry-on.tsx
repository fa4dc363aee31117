import type { ReactNode } from 'react'
import type { ContinueCard as Card } from '#api'
import { ContinueCard } from '../../design/continue-card.tsx'
import { SectionLabel } from '../../design/section-label.tsx'
import { useText } from '../../i18n/text.tsx'
import { addresses } from '../../routing/addresses.ts'
import type { Words } from '../../words/card-words.ts'

/** What was begun, last first: each leads to its page, which opens where it was left. */
export function CarryOn({ cards }: { readonly cards: readonly Card[] }): ReactNode {
  const words = useText()
  if (cards.length === 0) return null
  return (
    <section aria-labelledby="carry-on">
      <SectionLabel id="carry-on" heading={words.say('home.carry-on')} />
      <ul className="home-stills">
        {cards.map((card) => (
          <li key={`${card.work.id} ${card.episode?.id ?? ''}`}>
            <ContinueCard
              record={card.work}
              href={addresses.work(card.work.id)}
              stillUrl={card.work.stillUrl}
              facts={leftText(card, words)}
              progress={fractionOf(card)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function fractionOf({ seconds, durationSeconds, work }: Card): number {
  return durationSeconds === null ? (work.watch.fraction ?? 0) : seconds / durationSeconds
}

/** `Season 2, episode 3. 15 minutes left` */
function leftText({ episode, seconds, durationSeconds }: Card, { say }: Words): string {
  const left =
    durationSeconds === null
      ? say('home.begun')
      : say('home.left', { count: Math.max(1, Math.round((durationSeconds - seconds) / 60)) })
  if (episode === null) return left
  const place = say('home.episode', { season: episode.seasonNumber, episode: episode.number })
  return `${place}. ${left}`
}
