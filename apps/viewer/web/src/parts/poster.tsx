import type { ReactNode } from 'react'
import type { Work } from '#api'
import { localText } from '../i18n/language.ts'
import { useText } from '../i18n/text.tsx'
import { inkStyle } from '../poster/ink-style.ts'
import './poster.css'

/** A work's poster; until it's there, and when there is none, its ground ink. */
export function Poster({ work }: { readonly work: Work }): ReactNode {
  const { say, language } = useText()
  return (
    <span className="poster" style={inkStyle(work.inks)}>
      {work.posterUrl === null ? null : (
        <img
          src={work.posterUrl}
          alt={say('work.poster', { title: localText(work.title, language) })}
          width={600}
          height={900}
        />
      )}
    </span>
  )
}
