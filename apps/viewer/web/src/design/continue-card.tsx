import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { PosterRecord } from '../poster/poster-record.ts'
import { Poster } from '../poster/poster.tsx'
import { ProgressLine } from './progress-line.tsx'
import './continue-card.css'

/** Properties of {@link ContinueCard}. */
export interface ContinueCardProps {
  readonly record: PosterRecord
  readonly href: string
  /** Given along to the page that opens. */
  readonly state?: unknown
  /** 16:9; null or absent: the work's art without words. */
  readonly stillUrl?: string | null
  /** "11 minutes left", "Season 2, episode 3". */
  readonly facts: string
  /** 0 to 1. */
  readonly progress: number
}

/** A film that was begun: picture, how far, how much is left. All of it is one link. */
export function ContinueCard({
  record,
  href,
  state,
  stillUrl = null,
  facts,
  progress,
}: ContinueCardProps): ReactNode {
  return (
    <Link href={href} state={state} className="continue-card">
      <span className="continue-picture">
        {stillUrl === null ? (
          <Poster record={record} mode="art" />
        ) : (
          <img src={stillUrl} alt="" width={320} height={180} loading="lazy" />
        )}
        <ProgressLine part={progress} />
      </span>
      <strong dir="auto" lang={record.titleLanguage ?? undefined}>
        {record.title}
      </strong>{' '}
      <span className="continue-facts">{facts}</span>
    </Link>
  )
}
