import type { FilmWayRequest } from '#api'
import { askAbilities } from '@matinee/media'

let asked: FilmWayRequest['browser'] | null = null

/** What this browser plays; it is asked once. */
export function askBrowser(): FilmWayRequest['browser'] {
  if (asked !== null) return asked
  const element = document.createElement('video')
  const hasPieces = typeof MediaSource !== 'undefined'
  const { files, pieces } = askAbilities(
    (type) => element.canPlayType(type) !== '',
    (type) => hasPieces && MediaSource.isTypeSupported(type),
  )
  asked = {
    files: { mp4: [...files.mp4], webm: [...files.webm], matroska: [...files.matroska] },
    pieces: { mp4: [...pieces.mp4], webm: [...pieces.webm], mpeg: [...pieces.mpeg] },
  }
  return asked
}
