import type { ReactNode, RefObject } from 'react'
import { CaptionLayer } from '../caption-layer.tsx'
import type { SubtitleState } from '../subtitle-desk.ts'
import type { SubtitleLook } from '../subtitle-look.ts'
import type { DrawnChoice } from './drawn-choice.ts'
import { DrawnLayer } from './drawn-layer.tsx'

/** The subtitles over the picture: as they were drawn once they are, till then and otherwise plainly. */
export function FilmCaptions({
  video,
  subtitles,
  look,
  drawn: { drawing, state, onState },
}: {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly subtitles: SubtitleState
  readonly look: SubtitleLook
  readonly drawn: DrawnChoice
}): ReactNode {
  const isGoing = state === 'starting' || state === 'drawing'
  return (
    <>
      {isGoing && drawing?.kind === 'drawn' ? (
        <DrawnLayer
          key={subtitles.chosenId}
          video={video}
          script={drawing.script}
          timing={subtitles.timing}
          onState={onState}
        />
      ) : null}
      <CaptionLayer video={video} subtitles={subtitles} look={look} isDrawn={state === 'drawing'} />
    </>
  )
}
