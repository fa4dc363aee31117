import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { paths, seekPicturesSchema, type Film, type SeekPicture, type SeekPictures } from '#api'
import { useClient } from '../api/client-context.tsx'
import { useKeyFrame } from './frames/frame-hook.ts'

/** Half of what it takes at most, in pixels, so that it stays above its line. */
const MARGIN = { words: 70, picture: 92 }
/** Key frames are drawn for fine screens: so many of their pixels make one of the page's. */
const FINENESS = 2

/**
 * What is at a place of the time line: when, which chapter, and a picture: the release's own, else a key frame whose bytes
 * are here.
 */
export function SeekPreview({
  film,
  seconds,
  length,
  text,
}: {
  /** Null = it isn't open yet. */
  readonly film: Pick<Film, 'streamId' | 'mediaUrl'> | null
  /** Null = nobody points at anything. */
  readonly seconds: number | null
  /** Seconds. */
  readonly length: number
  readonly text: string
}): ReactNode {
  const client = useClient()
  const [wasLooked, setWasLooked] = useState(false)
  if (seconds !== null && !wasLooked) setWasLooked(true)
  // Asked for when somebody first looks: until then they would only take from the film.
  const { data } = useQuery({
    queryKey: ['seek-pictures', film?.streamId],
    queryFn: ({ signal }) =>
      client.ask(paths.streamPictures(film?.streamId ?? ''), seekPicturesSchema, { signal }),
    enabled: film !== null && wasLooked,
    staleTime: Infinity,
    retry: 1,
  })
  const hasNone = data !== undefined && data.pictures.length === 0
  const frame = useKeyFrame(hasNone ? (film?.mediaUrl ?? null) : null, seconds)
  if (seconds === null) return null
  const picture = data === undefined ? null : pictureAt(data, seconds)
  const sheetUrl = data?.sheetUrls[picture?.sheet ?? -1]
  const hasPicture = sheetUrl !== undefined || frame !== null
  const margin = `${hasPicture ? MARGIN.picture : MARGIN.words}px`
  const place = `clamp(${margin}, ${(100 * seconds) / Math.max(length, 0.001)}%, calc(100% - ${margin}))`
  return (
    <span className="seek-preview" style={{ left: place }}>
      {picture === null || sheetUrl === undefined ? null : (
        <span
          className="seek-picture"
          style={{ width: `${picture.width}px`, height: `${picture.height}px` }}
        >
          <img
            src={sheetUrl}
            alt=""
            draggable={false}
            style={{ left: `${-picture.x}px`, top: `${-picture.y}px` }}
          />
        </span>
      )}
      {frame === null ? null : <FramePicture frame={frame} />}
      <span>{text}</span>
    </span>
  )
}

function FramePicture({ frame }: { readonly frame: ImageBitmap }): ReactNode {
  const canvas = useRef<HTMLCanvasElement | null>(null)
  const { width, height } = frame
  useLayoutEffect(() => {
    // One that was closed meanwhile has no width; the next is on its way.
    if (frame.width > 0) canvas.current?.getContext('2d')?.drawImage(frame, 0, 0)
  }, [frame])
  return (
    <canvas
      ref={canvas}
      className="seek-picture"
      width={width}
      height={height}
      aria-hidden="true"
      style={{ width: `${width / FINENESS}px`, height: `${height / FINENESS}px` }}
    />
  )
}

function pictureAt({ pictures }: SeekPictures, seconds: number): SeekPicture | null {
  return pictures.findLast(({ startSeconds }) => startSeconds <= seconds) ?? pictures[0] ?? null
}
