import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Work } from '#api'
import { localText } from '../i18n/language.ts'
import { useText } from '../i18n/text.tsx'
import { outBy, wallText } from '../player/time-text.ts'
import { inkStyle } from '../poster/ink-style.ts'
import { LeaderArt } from './leader-art.tsx'
import { useNow } from './now.ts'
import './feature.css'

/** A work on its own colours: panel, cut at 12 degrees, and picture. */
export function Feature({
  work,
  label,
  isOpening,
  onPlay,
}: {
  readonly work: Work
  /** Over the title, when the page says why this one. */
  readonly label?: string
  readonly isOpening: boolean
  readonly onPlay: () => void
}): ReactNode {
  const { say, language } = useText()
  const now = useNow()
  return (
    <section className="feature" style={inkStyle(work.inks)}>
      <div className="feature-picture" aria-hidden="true">
        <LeaderArt seconds={work.durationSeconds} />
      </div>
      <div className="feature-panel">
        {label === undefined ? null : <p className="feature-label">{label}</p>}
        <h1 className="feature-title">{localText(work.title, language)}</h1>
        <p className="feature-facts">
          <Facts work={work} />
        </p>
        <div className="feature-acts">
          <button
            type="button"
            className="button on-panel"
            onClick={onPlay}
            aria-disabled={isOpening}
          >
            <Play size={20} fill="currentColor" aria-hidden="true" />
            {say(isOpening ? 'work.opening' : 'work.play')}
          </button>
          <span className="feature-time">
            {say('work.out-by', { time: wallText(outBy(now, work.durationSeconds, 0), language) })}
          </span>
        </div>
      </div>
    </section>
  )
}

/** Who, when, how long, in which languages. */
function Facts({ work }: { readonly work: Work }): ReactNode {
  const { say, language } = useText()
  const names = new Intl.ListFormat(language).format(
    work.captions.map((captions) => languageName(captions.language, language)),
  )
  return (
    <>
      {work.by === null || work.year === null
        ? null
        : `${say('work.facts', { by: work.by, year: work.year })} `}
      {say('work.minutes', { count: Math.max(1, Math.round(work.durationSeconds / 60)) })}
      {names === '' ? null : (
        <>
          <br />
          {say('work.captions', { languages: names })}
        </>
      )}
    </>
  )
}

function languageName(code: string, inLanguage: string): string {
  return new Intl.DisplayNames(inLanguage, { type: 'language' }).of(code) ?? code
}
