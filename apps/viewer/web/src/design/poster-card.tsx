import { Check, HardDrive } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useText } from '../i18n/text.tsx'
import { inkStyle } from '../poster/ink-style.ts'
import { inksOf } from '../poster/palette.ts'
import type { PosterRecord } from '../poster/poster-record.ts'
import { Poster } from '../poster/poster.tsx'
import { ProgressLine } from './progress-line.tsx'
import './poster-card.css'

/** Properties of {@link PosterCard}. */
export interface PosterCardProps {
  readonly record: PosterRecord
  readonly href: string
  readonly imageUrl?: string | null
  /** Under the title: "1922, 94 min". */
  readonly facts?: string
  /** Makers, length, languages: shown by walls whose posters stand beside their words. */
  readonly allFacts?: string
  /** Default: `offered`. `loading`: the record is known, nothing is drawn yet. */
  readonly state?: 'offered' | 'loading' | 'withdrawn' | 'not-offered'
  /** How much was seen, 0 to 1. */
  readonly progress?: number
  readonly isKept?: boolean
  readonly isWatched?: boolean
  /** On television the hero says what a caption would. Default: false. */
  readonly isBare?: boolean
}

/** A work as a poster with its caption; all of it is one link. */
export function PosterCard({
  record,
  href,
  imageUrl = null,
  facts,
  allFacts,
  state = 'offered',
  progress,
  isKept = false,
  isWatched = false,
  isBare = false,
}: PosterCardProps): ReactNode {
  const { say, language } = useText()
  const isShown = state === 'offered' || state === 'loading'
  return (
    <Link href={href} className={`poster-card is-${state}`}>
      <span className="poster-card-picture">
        {state === 'offered' ? (
          <Poster record={record} imageUrl={imageUrl} />
        ) : (
          <span className="poster poster-blank" style={inkStyle(inksOf(record))}>
            {isShown ? null : (
              <span className="poster-card-state">
                {say(state === 'withdrawn' ? 'design.withdrawn' : 'design.not-offered')}
              </span>
            )}
          </span>
        )}
        {progress === undefined ? null : <ProgressLine part={progress} />}
        {isKept ? (
          <span className="poster-card-kept">
            <HardDrive size={18} strokeWidth={2} aria-hidden="true" />
          </span>
        ) : null}
      </span>
      <span className={isBare ? 'for-readers' : 'poster-card-caption'}>
        <strong dir="auto" lang={record.titleLanguage ?? undefined}>
          {record.title}
        </strong>{' '}
        {facts === undefined ? null : <span className="poster-card-facts">{facts}</span>}
        {allFacts === undefined ? null : <span className="poster-card-all-facts">{allFacts}</span>}
        {isWatched ? (
          <span className="poster-card-watched">
            <Check size={16} strokeWidth={2} aria-hidden="true" /> {say('design.watched')}
          </span>
        ) : null}
        {isKept ? <span className="for-readers"> {say('design.kept')}</span> : null}
        {progress === undefined ? null : (
          <span className="for-readers">
            {' '}
            {say('design.seen', {
              part: progress.toLocaleString(language, {
                style: 'percent',
                maximumFractionDigits: 0,
              }),
            })}
          </span>
        )}
      </span>
    </Link>
  )
}
