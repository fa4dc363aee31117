import type { Cue } from '@matinee/media'
import { useEffect, useState, type CSSProperties, type ReactNode, type RefObject } from 'react'
import type { CueLine } from './cue-line.ts'
import { followFilm } from './film-moments.ts'
import type { SubtitleState } from './subtitle-desk.ts'
import type { SubtitleLook } from './subtitle-look.ts'
import { cueTime, type SubtitleTiming } from './subtitle-timing.ts'
import '@fontsource/opendyslexic/latin-400.css'
import '@fontsource/opendyslexic/latin-400-italic.css'
import '@fontsource/opendyslexic/latin-700.css'

/** Lines at once, of all cues: nothing covers the film. */
const MAX_LINES = 8

const NONE: readonly Cue[] = []

/** The subtitles of now, drawn by us: what a stranger wrote is text here, and nothing else. */
export function CaptionLayer({
  video,
  subtitles,
  look,
  isDrawn,
}: {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly subtitles: SubtitleState
  readonly look: SubtitleLook
  /** Whether the chosen ones show as they were drawn, and not here. */
  readonly isDrawn: boolean
}): ReactNode {
  const { tracks, chosenId, secondId } = subtitles
  const cues = useCuesOfNow(video, isDrawn ? null : subtitles.line, subtitles.timing)
  const besides = useCuesOfNow(video, subtitles.secondLine, subtitles.secondTiming)
  const languageOf = (trackId: string | null): string | undefined =>
    tracks.find(({ id }) => id === trackId)?.language ?? undefined
  const low = cues.filter(({ place }) => place.linePercent === null || place.linePercent > 50)
  const high = cues.filter((cue) => !low.includes(cue))
  return (
    <div
      className="captions"
      data-size={look.size}
      data-place={look.place}
      data-colour={look.colour}
      data-background={look.background}
      data-face={look.face}
    >
      <CueGroup name="high" cues={high} language={languageOf(chosenId)} />
      <div className="captions-feet">
        <CueGroup name="second" cues={besides} language={languageOf(secondId)} />
        <CueGroup name="low" cues={low} language={languageOf(chosenId)} />
      </div>
    </div>
  )
}

function CueGroup({
  name,
  cues,
  language,
}: {
  readonly name: 'high' | 'low' | 'second'
  readonly cues: readonly Cue[]
  readonly language: string | undefined
}): ReactNode {
  const lines = cues.flatMap((cue) => cue.lines.map((runs) => ({ cue, runs }))).slice(-MAX_LINES)
  return (
    <div className={`captions-${name}`} lang={language}>
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
  timing: SubtitleTiming,
): readonly Cue[] {
  const [cues, setCues] = useState(NONE)
  const { delayMs, stretch } = timing
  useEffect(() => {
    const element = video.current
    if (element === null || line === null) {
      setCues(NONE)
      return undefined
    }
    return followFilm(element, () => {
      const now = line.at(cueTime({ delayMs, stretch }, element.currentTime))
      setCues((before) => (isSame(before, now) ? before : now))
    })
  }, [video, line, delayMs, stretch])
  return cues
}

function isSame(a: readonly Cue[], b: readonly Cue[]): boolean {
  return a.length === b.length && a.every((cue, index) => cue === b[index])
}
