import type { RefObject } from 'react'

/** Safari's own list of AirPlay screens, which alone can send there; null in every other browser. */
export function openAirPlay(video: RefObject<HTMLVideoElement | null>): (() => void) | null {
  const element = video.current
  if (element === null || !('webkitShowPlaybackTargetPicker' in element)) return null
  const show = element.webkitShowPlaybackTargetPicker
  return typeof show === 'function' ? () => void Reflect.apply(show, element, []) : null
}
