import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { LANGUAGES } from '../i18n/language.ts'
import { useText } from '../i18n/text.tsx'
import { Wordmark } from '../design/wordmark.tsx'
import './top-bar.css'

/** The bar over every page: where we are, and in which language. */
export function TopBar(): ReactNode {
  const { say, language, chooseLanguage } = useText()
  return (
    <header className="top-bar">
      <a className="skip" href="#programme">
        {say('app.skip')}
      </a>
      <Link href="/" className="top-bar-home" aria-label={say('app.home')}>
        <Wordmark />
      </Link>
      <div className="languages" role="group" aria-label={say('language.label')}>
        {LANGUAGES.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            lang={code}
            className="language"
            aria-pressed={code === language}
            onClick={() => chooseLanguage(code)}
          >
            {name}
          </button>
        ))}
      </div>
    </header>
  )
}
