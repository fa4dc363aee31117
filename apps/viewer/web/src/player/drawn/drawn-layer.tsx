import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { followFilm } from '../film-moments.ts'
import { pageClock } from '../page-clock.ts'
import { cueTime, type SubtitleTiming } from '../subtitle-timing.ts'
import { openDrawWorker } from './draw-worker-link.ts'
import { drawnSize } from './drawn-size.ts'
import { ScriptDrawing, type DrawingState } from './script-drawing.ts'

/** Subtitles as their maker drew them: a picture over the picture, as large as it. */
export function DrawnLayer({
  video,
  script,
  timing: { delayMs, stretch },
  onState,
}: {
  readonly video: RefObject<HTMLVideoElement | null>
  /** It may grow. */
  readonly script: string
  readonly timing: SubtitleTiming
  /** Always the same function. */
  readonly onState: (state: DrawingState) => void
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement | null>(null)
  const drawing = useRef<ScriptDrawing | null>(null)
  const look = useRef<() => void>(() => undefined)
  useEffect(() => {
    const own = new ScriptDrawing({
      clock: pageClock,
      openWorker: openDrawWorker,
      onPicture: (picture) => show(canvas.current, picture),
      onState,
    })
    drawing.current = own
    onState('starting')
    return () => own.close()
  }, [onState])
  useEffect(() => {
    drawing.current?.setScript(script)
    look.current()
  }, [script])
  useEffect(() => {
    const element = video.current
    if (element === null) return undefined
    const measure = (): void => {
      const size = drawnSize(element, devicePixelRatio)
      if (size === null) return
      drawing.current?.setSize(size)
      look.current()
    }
    const observer = new ResizeObserver(measure)
    measure()
    observer.observe(element)
    element.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      element.removeEventListener('resize', measure)
    }
  }, [video])
  useEffect(() => {
    const element = video.current
    if (element === null) return undefined
    look.current = () => drawing.current?.drawAt(cueTime({ delayMs, stretch }, element.currentTime))
    return followFilm(element, () => look.current())
  }, [video, delayMs, stretch])
  return <canvas ref={canvas} className="captions-drawn" aria-hidden="true" />
}

function show(canvas: HTMLCanvasElement | null, picture: ImageBitmap): void {
  if (canvas === null) return
  const { width, height } = picture
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture)
}
