import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import type { Inks } from './inks.ts'
import { inkStyle } from './ink-style.ts'
import { inksOf } from './palette.ts'
import type { PosterDrawing as Drawing } from './poster-drawing.tsx'
import type { PosterRecord } from './poster-record.ts'
import { useSeen } from './seen.ts'
import './poster.css'

// The drawings, their metrics and their faces come with the first poster that is drawn and in view.
const PosterDrawing = lazy(openDrawings)

async function openDrawings(): Promise<{ readonly default: typeof Drawing }> {
  const [drawing, faces] = await Promise.all([
    import('./poster-drawing.tsx'),
    import('./poster-faces.ts'),
  ])
  await faces.posterFacesReady()
  return { default: drawing.PosterDrawing }
}

/** Has what draws posters fetched, on a page that will show some as soon as it knows which. */
export function usePostersSoon(): void {
  useEffect(() => {
    // Whatever fails here fails again where a poster is drawn, and is said there.
    openDrawings().catch(() => undefined)
  }, [])
}

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
  imageUrl = null,
  mode = 'poster',
  inks = inksOf(record),
  alt,
}: PosterProps): ReactNode {
  const [box, isSeen] = useSeen()
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
        <img src={imageUrl} alt={alt ?? ''} width={600} height={900} loading="lazy" />
      ) : isSeen ? (
        <Suspense fallback={null}>
          <PosterDrawing record={record} mode={mode} inks={inks} />
        </Suspense>
      ) : null}
    </span>
  )
}
