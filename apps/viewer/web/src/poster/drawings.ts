import { useSyncExternalStore } from 'react'
import type { PosterDrawing as Drawing } from './poster-drawing.tsx'

/** What draws posters, their metrics and their faces. */
type Drawings =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly drawing: typeof Drawing }
  | { readonly kind: 'failed'; readonly error: unknown }

let drawings: Drawings = { kind: 'closed' }
const watchers = new Set<() => void>()

/**
 * What draws posters, fetched with the first that is wanted; null = it isn't there yet. Throws what fetching it threw.
 * Not by way of `Suspense`, which lets nothing be seen for 300 ms after anything on the page had to wait.
 */
export function useDrawing(isWanted: boolean): typeof Drawing | null {
  const now = useSyncExternalStore(isWanted ? watch : watchNothing, () => drawings)
  if (now.kind === 'failed') throw now.error
  return now.kind === 'open' ? now.drawing : null
}

/** Has what draws posters fetched, for a page that will show some as soon as it knows which. */
export function openDrawings(): void {
  void open()
}

function watch(onChange: () => void): () => void {
  watchers.add(onChange)
  void open()
  return () => watchers.delete(onChange)
}

function watchNothing(): () => void {
  return () => undefined
}

async function open(): Promise<void> {
  if (drawings.kind !== 'closed') return
  drawings = { kind: 'opening' }
  try {
    const [{ PosterDrawing }, { posterFacesReady }] = await Promise.all([
      import('./poster-drawing.tsx'),
      import('./poster-faces.ts'),
    ])
    await posterFacesReady()
    drawings = { kind: 'open', drawing: PosterDrawing }
  } catch (error) {
    drawings = { kind: 'failed', error }
  }
  for (const onChange of watchers) onChange()
}
