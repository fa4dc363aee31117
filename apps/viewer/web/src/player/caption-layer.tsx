import { useEffect, useState, type ReactNode } from 'react'
import { captionLines } from './caption-text.ts'

/**
 * The captions of now, drawn by us: the browser reads the file and keeps the time (a hidden track), and its
 * text becomes text.
 */
export function CaptionLayer({
  video,
  language,
  streamId,
}: {
  readonly video: { readonly current: HTMLVideoElement | null }
  readonly language: string | null
  /** A new stream has new tracks. */
  readonly streamId: string | null
}): ReactNode {
  const [cues, setCues] = useState<readonly string[]>([])
  useEffect(() => {
    setCues([])
    const tracks = [...(video.current?.textTracks ?? [])]
    for (const track of tracks) track.mode = track.language === language ? 'hidden' : 'disabled'
    const track = tracks.find((candidate) => candidate.mode === 'hidden')
    if (track === undefined) return undefined
    const onChange = (): void => {
      const active = [...(track.activeCues ?? [])]
      setCues(active.map((cue) => (cue instanceof VTTCue ? cue.text : '')))
    }
    onChange()
    track.addEventListener('cuechange', onChange)
    return () => track.removeEventListener('cuechange', onChange)
  }, [video, language, streamId])

  return (
    <div className="captions" lang={language ?? undefined}>
      {cues.flatMap((cue, index) =>
        captionLines(cue).map((runs, line) => (
          <p key={`${index} ${line}`} className="caption-line">
            <span>
              {runs.map((run, at) => (
                <span
                  key={at}
                  className={run.isItalic ? 'is-italic' : run.isBold ? 'is-bold' : undefined}
                >
                  {run.text}
                </span>
              ))}
            </span>
          </p>
        )),
      )}
    </div>
  )
}
