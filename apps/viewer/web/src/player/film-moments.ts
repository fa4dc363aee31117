/**
 * Looks at every picture while the film plays, and when it's moved.
 *
 * @returns how to end it
 */
export function followFilm(element: HTMLVideoElement, look: () => void): () => void {
  let frame = 0
  const onFrame = (): void => {
    look()
    frame = element.paused ? 0 : requestAnimationFrame(onFrame)
  }
  const onPlay = (): void => {
    cancelAnimationFrame(frame)
    onFrame()
  }
  const listening = new AbortController()
  const { signal } = listening
  for (const name of ['play', 'playing']) element.addEventListener(name, onPlay, { signal })
  // In a tab behind others there are no frames, but the time goes on.
  for (const name of ['seeking', 'seeked', 'timeupdate'])
    element.addEventListener(name, look, { signal })
  onPlay()
  return () => {
    listening.abort()
    cancelAnimationFrame(frame)
  }
}
