import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Work } from '#api'
import { localText } from '../../i18n/language.ts'
import { useText } from '../../i18n/text.tsx'
import { Feature } from '../../parts/feature.tsx'
import { useNow } from '../../parts/now.ts'
import { Poster } from '../../parts/poster.tsx'
import { outBy, timeText, wallText } from '../../player/time-text.ts'
import './home-page.css'

/** Tonight's programme: one film for now, and what it shows. */
export function HomePage({ works }: { readonly works: readonly Work[] }): ReactNode {
  const { say, language } = useText()
  const [, go] = useLocation()
  const now = useNow()
  const [first] = works
  return (
    <main className="page" id="programme">
      <title>{`Matinee · ${say('home.title')}`}</title>
      {first === undefined ? null : (
        <Feature
          work={first}
          label={say('home.feature')}
          isOpening={false}
          onPlay={() => go(`/work/${first.id}`, { state: { play: true } })}
        />
      )}
      <div className="home-columns">
        <section>
          <div className="home-heading">
            <h2>{say('home.short')}</h2>
            <p className="note">{say('home.short-note')}</p>
          </div>
          <ul className="programme">
            {works.map((work) => (
              <li key={work.id}>
                <Link href={`/work/${work.id}`} className="programme-line">
                  <span className="programme-time">
                    {wallText(outBy(now, work.durationSeconds, 0), language)}
                  </span>
                  <span className="programme-title">
                    <strong>{localText(work.title, language)}</strong>{' '}
                    <span className="programme-maker">
                      {work.by === null ? '' : `${work.by}, ${work.year ?? ''}`}
                    </span>
                  </span>
                  <span className="programme-length">
                    {say('work.short-minutes', {
                      count: Math.max(1, Math.round(work.durationSeconds / 60)),
                    })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
        {first === undefined ? null : (
          <section>
            <div className="home-heading">
              <h2>{say('home.chapters')}</h2>
              <p className="note">{say('home.chapters-note')}</p>
            </div>
            <ul className="programme">
              {first.chapters.map((chapter) => (
                <li key={chapter.startSeconds} className="programme-line">
                  <span className="programme-time">{timeText(chapter.startSeconds)}</span>
                  <strong>{localText(chapter.title, language)}</strong>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <section className="wall">
        <div>
          <h2>{say('home.posters')}</h2>
          <p className="note">{say('home.posters-note')}</p>
        </div>
        <ul className="wall-posters">
          {works.map((work) => (
            <li key={work.id}>
              <Link href={`/work/${work.id}`} className="wall-poster">
                <Poster work={work} />
                <strong>{localText(work.title, language)}</strong>
                <span>
                  {`${work.year ?? ''}, ${say('work.short-minutes', { count: Math.max(1, Math.round(work.durationSeconds / 60)) })}`}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}
