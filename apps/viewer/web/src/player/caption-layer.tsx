import type { Cue } from '@matinee/media'
import { useEffect, useState, type CSSProperties, type ReactNode, type RefObject } from 'react'
import type { CueLine } from './cue-line.ts'
import type { SubtitleLook } from './subtitle-look.ts'

/** Lines at once, of all cues: nothing covers the film. */
const MAX_LINES = 8

const NONE: readonly Cue[] = []

/** The subtitles of now, drawn by us: what a stranger wrote is text here, and nothing else. */
export function CaptionLayer({
  video,
  line,
  delayMs,
  language,
  look,
}: {
  readonly video: RefObject<HTMLVideoElement | null>
  /** Null = none are shown. */
  readonly line: CueLine | null
  readonly delayMs: number
  readonly language: string | null
  readonly look: SubtitleLook
}): ReactNode {
  const cues = useCuesOfNow(video, line, delayMs)
  const low = cues.filter(({ place }) => place.linePercent === null || place.linePercent > 50)
  const high = cues.filter((cue) => !low.includes(cue))
  return (
    <div
      className="captions"
      lang={language ?? undefined}
      data-size={look.size}
      data-place={look.place}
      data-colour={look.colour}
      data-background={look.background}
    >
      <CueGroup name="high" cues={high} />
      <CueGroup name="low" cues={low} />
    </div>
  )
}

function CueGroup({
  name,
  cues,
}: {
  readonly name: 'high' | 'low'
  readonly cues: readonly Cue[]
}): ReactNode {
  const lines = cues.flatMap((cue) => cue.lines.map((runs) => ({ cue, runs }))).slice(-MAX_LINES)
  return (
    <div className={`captions-${name}`}>
      {lines.map(({ cue, runs }, index) => (
        <p key={index} className="caption-line" dir="auto" style={alignOf(cue)}>
          <span>
            {runs.map(({ text, isItalic, isBold }, at) => (
              <span key={at} className={isItalic ? 'is-italic' : isBold ? 'is-bold' : undefined}>
                {text}
              </span>
            ))}
          </span>
        </p>
      ))}
    </div>
  )
}

function alignOf({ place }: Cue): CSSProperties {
  return { textAlign: place.align }
}

/** What shows now, looked up at every picture while the film plays, and when it's moved. */
function useCuesOfNow(
  video: RefObject<HTMLVideoElement | null>,
  line: CueLine | null,
  delayMs: number,
): readonly Cue[] {
  const [cues, setCues] = useState(NONE)
  useEffect(() => {
    const element = video.current
    if (element === null || line === null) {
      setCues(NONE)
      return undefined
    }
    let frame = 0
    const look = (): void => {
      const now = line.at(element.currentTime - delayMs / 1000)
      setCues((before) => (isSame(before, now) ? before : now))
    }
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
  }, [video, line, delayMs])
  return cues
}

function isSame(a: readonly Cue[], b: readonly Cue[]): boolean {
  return a.length === b.length && a.every((cue, index) => cue === b[index])
}
