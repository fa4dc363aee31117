import type { ReactNode } from 'react'
import type { KeptPage } from '#api'
import { useText } from '../../i18n/text.tsx'
import { rateWords, sizeWords } from '../settings/byte-words.ts'

/** What this computer was for others: people by day, and what came and went. */
export function GivingStory({ kept }: { readonly kept: KeptPage }): ReactNode {
  const { say, language } = useText()
  const { audience, overall } = kept
  const { rates, takenBytes, givenBytes } = overall
  const most = Math.max(1, ...(audience?.days.map(({ people }) => people) ?? []))
  return (
    <section className="kept-section kept-story" aria-labelledby="kept-story">
      <h2 id="kept-story">{say('kept.story')}</h2>
      {audience === null ? (
        <p className="lead">{say('kept.not-counted')}</p>
      ) : (
        <>
          <p className="kept-people">
            {audience.week === 0
              ? say('kept.nobody-yet')
              : say('kept.cinema', { count: audience.week })}
          </p>
          {audience.week === 0 ? null : (
            <ol className="kept-days">
              {audience.days.map(({ day, people }) => (
                <li key={day}>
                  <span className="kept-bar" aria-hidden="true">
                    <span style={{ blockSize: `${(people / most) * 100}%` }} />
                  </span>
                  <span className="kept-day">{weekday(day, language)}</span>
                  <span className="kept-count">{people}</span>
                </li>
              ))}
            </ol>
          )}
          <p className="note">{say('kept.counted-how')}</p>
        </>
      )}
      <dl className="kept-overall">
        <dt>{say('kept.now')}</dt>
        <dd>
          {say('kept.down-now', { rate: rateWords(rates.downBytesPerSecond, language) })}
          {' · '}
          {say('kept.up-now', { rate: rateWords(rates.upBytesPerSecond, language) })}
        </dd>
        <dt>{say('kept.altogether')}</dt>
        <dd>
          {say('kept.both', {
            taken: sizeWords(takenBytes, language),
            given: sizeWords(givenBytes, language),
          })}
        </dd>
      </dl>
    </section>
  )
}

function weekday(day: string, language: string): string {
  const place = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat(place, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  )
}
