import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { paths, seekPicturesSchema, type SeekPicture, type SeekPictures } from '#api'
import { useClient } from '../api/client-context.tsx'

/** Half of what it takes at most, in pixels, so that it stays above its line. */
const MARGIN = { words: 70, picture: 92 }

/** What is at a place of the time line: when, which chapter, and a picture where the release has them. */
export function SeekPreview({
  streamId,
  seconds,
  length,
  text,
}: {
  /** Null = the film isn't open yet. */
  readonly streamId: string | null
  readonly seconds: number
  /** Seconds. */
  readonly length: number
  readonly text: string
}): ReactNode {
  const client = useClient()
  // Asked for when somebody first looks: until then they would only take from the film.
  const { data } = useQuery({
    queryKey: ['seek-pictures', streamId],
    queryFn: ({ signal }) =>
      client.ask(paths.streamPictures(streamId ?? ''), seekPicturesSchema, { signal }),
    enabled: streamId !== null,
    staleTime: Infinity,
    retry: 1,
  })
  const picture = data === undefined ? null : pictureAt(data, seconds)
  const sheetUrl = data?.sheetUrls[picture?.sheet ?? -1]
  const margin = `${sheetUrl === undefined ? MARGIN.words : MARGIN.picture}px`
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
      <span>{text}</span>
    </span>
  )
}

function pictureAt({ pictures }: SeekPictures, seconds: number): SeekPicture | null {
  return pictures.findLast(({ startSeconds }) => startSeconds <= seconds) ?? pictures[0] ?? null
}
