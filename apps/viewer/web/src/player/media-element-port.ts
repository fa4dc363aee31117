import type { MediaPort } from './media-port.ts'
import type { PlayerCore } from './player-core.ts'
import type { MediaEvent, TimeSpan } from './player-state.ts'

/** A player's commands, done to a `<video>` and the stage around it; both may be missing for a while. */
export function mediaElementPort(
  video: () => HTMLVideoElement | null,
  stage: () => HTMLElement | null,
  tell: (event: MediaEvent) => void,
): MediaPort {
  return {
    play() {
      video()
        ?.play()
        .catch((error: unknown) => {
          // The browser wants a gesture first; aborted plays say what happened themselves.
          if (error instanceof DOMException && error.name === 'NotAllowedError')
            tell({ kind: 'paused' })
        })
    },
    pause: () => video()?.pause(),
    seek(seconds) {
      const element = video()
      if (element !== null && element.readyState > 0) element.currentTime = seconds
    },
    positionSeconds() {
      const element = video()
      return element === null || element.readyState === 0 ? null : element.currentTime
    },
    setVolume(volume, isMuted) {
      const element = video()
      if (element === null) return
      element.volume = volume
      element.muted = isMuted
    },
    setRate(rate) {
      const element = video()
      if (element === null) return
      element.preservesPitch = true
      // A film that is opened anew begins at its default.
      element.defaultPlaybackRate = rate
      element.playbackRate = rate
    },
    setFullScreen(isFull) {
      const change = isFull ? stage()?.requestFullscreen() : document.exitFullscreen()
      change?.catch(() => undefined)
    },
    setInWindow(isInWindow) {
      if (!document.pictureInPictureEnabled) return
      const change = isInWindow
        ? video()?.requestPictureInPicture()
        : document.exitPictureInPicture()
      change?.catch(() => undefined)
    },
  }
}

/** Tells a player what its `<video>` does. Returns how to end it. */
export function listenToMedia(video: HTMLVideoElement, core: PlayerCore): () => void {
  const listening = new AbortController()
  const on = (names: readonly string[], event: () => MediaEvent | null): void => {
    for (const name of names)
      video.addEventListener(
        name,
        () => {
          const told = event()
          if (told !== null) core.tell(told)
        },
        { signal: listening.signal },
      )
  }
  on(['loadedmetadata'], () => {
    // A film that is opened anew goes on where it was.
    if (core.state.positionSeconds > 0)
      video.currentTime = Math.min(core.state.positionSeconds, video.duration)
    return { kind: 'index-read', durationSeconds: video.duration }
  })
  on(['timeupdate', 'seeking'], () =>
    video.readyState > 0 ? { kind: 'time', positionSeconds: video.currentTime } : null,
  )
  on(['progress', 'timeupdate', 'canplay', 'seeked'], () => ({
    kind: 'ready',
    spans: readySpans(video.buffered),
  }))
  on(['playing'], () => ({ kind: 'playing' }))
  on(['pause'], () => (video.ended ? null : { kind: 'paused' }))
  on(['waiting', 'seeking'], () => (video.readyState < 3 ? { kind: 'waiting' } : null))
  on(['seeked'], () => ({ kind: 'sought', positionSeconds: video.currentTime }))
  on(['seeked', 'loadeddata'], () =>
    video.paused && video.readyState >= 2 && !video.ended && !core.state.wantsToPlay
      ? { kind: 'paused' }
      : null,
  )
  on(['ended'], () => ({ kind: 'ended' }))
  on(['volumechange'], () => ({ kind: 'volume', volume: video.volume, isMuted: video.muted }))
  on(['ratechange'], () => ({ kind: 'rate', rate: video.playbackRate }))
  on(['enterpictureinpicture'], () => ({ kind: 'window', isInWindow: true }))
  on(['leavepictureinpicture'], () => ({ kind: 'window', isInWindow: false }))
  on(['error'], () => ({
    kind: 'broken',
    why: video.error?.code === MediaError.MEDIA_ERR_NETWORK ? 'network' : 'format',
  }))
  measureFrames(video, core, listening.signal)
  return () => listening.abort()
}

/** Tells how long a frame of the film is, from the first that are shown one after the other. */
function measureFrames(video: HTMLVideoElement, core: PlayerCore, signal: AbortSignal): void {
  let shortest = Infinity
  let left = 24
  let before: VideoFrameCallbackMetadata | null = null
  const onFrame = (_nowMs: number, frame: VideoFrameCallbackMetadata): void => {
    if (signal.aborted) return
    const step =
      before === null || frame.presentedFrames !== before.presentedFrames + 1
        ? 0
        : frame.mediaTime - before.mediaTime
    before = frame
    if (step > 0.001 && step < shortest) {
      shortest = step
      core.tell({ kind: 'frame-length', seconds: step })
    }
    if (--left > 0) video.requestVideoFrameCallback(onFrame)
  }
  video.requestVideoFrameCallback(onFrame)
}

function readySpans(ranges: TimeRanges): readonly TimeSpan[] {
  return Array.from({ length: ranges.length }, (_, index) => ({
    start: ranges.start(index),
    end: ranges.end(index),
  }))
}
