import { PROOF_SECONDS } from './film-ways.ts'

/** Chromium and Safari count what was decoded; others don't say. */
interface CountingVideo {
  readonly webkitAudioDecodedByteCount?: number
}

/** Watches whether a film that plays has a picture, and a sound when it should: a browser says nothing when it hasn't. */
export function proveFilm(
  video: HTMLVideoElement & CountingVideo,
  hasSound: () => boolean,
  onMissing: (what: 'picture' | 'sound') => void,
): () => void {
  const listening = new AbortController()
  let from: number | null = null
  const look = (): void => {
    if (video.paused || video.seeking || video.readyState < 3) {
      from = null
      return
    }
    from ??= video.currentTime
    if (video.currentTime < from + PROOF_SECONDS) return
    listening.abort()
    if (video.videoWidth === 0) onMissing('picture')
    else if (hasSound() && video.webkitAudioDecodedByteCount === 0) onMissing('sound')
  }
  video.addEventListener('timeupdate', look, { signal: listening.signal })
  return () => listening.abort()
}
