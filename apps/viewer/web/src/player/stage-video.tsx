import { useState, type ReactNode, type RefObject } from 'react'
import type { PlayerCore } from './player-core.ts'
import { TapReader } from './tap-reader.ts'

/** The picture, and what clicks and taps on it do. */
export function StageVideo({
  video,
  core,
  url,
  isMini,
  onBig,
}: {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly core: PlayerCore
  /** Not there before the film was opened. */
  readonly url: string | undefined
  readonly isMini: boolean
  /** The small picture was clicked. */
  readonly onBig: () => void
}): ReactNode {
  const [taps] = useState(() => new TapReader())
  return (
    <video
      ref={video}
      className="stage-video"
      src={url}
      playsInline
      preload="auto"
      onPointerUp={(event) => {
        if (event.pointerType !== 'touch' || isMini) return
        const box = event.currentTarget.getBoundingClientRect()
        const tap = taps.tap((event.clientX - box.left) / box.width, performance.now())
        if (tap.kind === 'seek') core.act({ kind: 'seek-by', seconds: tap.seconds })
        else if (core.state.areControlsShown) core.hide()
        else core.stir()
      }}
      onClick={(event) => {
        if (isMini) onBig()
        else if (!isTouch(event.nativeEvent)) core.act({ kind: 'toggle-play' })
      }}
      onDoubleClick={(event) => {
        if (!isMini && !isTouch(event.nativeEvent)) core.act({ kind: 'toggle-full-screen' })
      }}
    />
  )
}

/** Clicks that a finger made: taps were read already. */
function isTouch(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType === 'touch'
}
