import { useState, type ReactNode } from 'react'
import { useDrawing } from './drawings.ts'
import type { Inks } from './inks.ts'
import { inkStyle } from './ink-style.ts'
import { inksOf } from './palette.ts'
import type { PosterRecord } from './poster-record.ts'
import { useSeen } from './seen.ts'
import './poster-faces.css'
import './poster.css'

/** Properties of {@link Poster}. */
export interface PosterProps {
  readonly record: PosterRecord
  /** The record's own picture, 2:3; absent or null: a poster is drawn. */
  readonly imageUrl?: string | null
  /** `poster`: 2:3, with words. `art`: the drawing without words, filling its box. Default: `poster`. */
  readonly mode?: 'poster' | 'art'
  /** Inks that the record pins. Default: those that belong to its id. */
  readonly inks?: Inks
  /** For screen readers; where the title stands beside it, leave it out and the picture is an ornament. */
  readonly alt?: string
}

/**
 * A work's poster: its own picture, or one that is drawn from its record. Until either is there, its
 * ground ink. It takes the width of its box.
 */
export function Poster({
  record,
  imageUrl: recordImageUrl = null,
  mode = 'poster',
  inks = inksOf(record),
  alt,
}: PosterProps): ReactNode {
  const [box, isSeen] = useSeen()
  // C17: a picture that isn't served, or can't be read, is none.
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  const imageUrl = recordImageUrl === brokenUrl ? null : recordImageUrl
  const isDrawn = imageUrl === null && isSeen
  const Drawing = useDrawing(isDrawn)
  const isOrnament = alt === undefined || alt === ''
  return (
    <span
      ref={box}
      className={mode === 'art' ? 'poster art' : 'poster'}
      style={inkStyle(inks)}
      role={imageUrl === null && !isOrnament ? 'img' : undefined}
      aria-label={imageUrl === null && !isOrnament ? alt : undefined}
    >
      {imageUrl !== null ? (
        <img
          src={imageUrl}
          alt={alt ?? ''}
          width={600}
          height={900}
          loading="lazy"
          onError={() => setBrokenUrl(imageUrl)}
        />
      ) : isDrawn && Drawing !== null ? (
        <Drawing record={record} mode={mode} inks={inks} />
      ) : null}
    </span>
  )
}
