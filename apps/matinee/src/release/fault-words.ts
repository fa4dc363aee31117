import type { FilmFault } from './film-fault.ts'

/** A fault in a clause for people. */
export function faultWords(fault: FilmFault): string {
  switch (fault.kind) {
    case 'no-video':
      return 'there is no film in it'
    case 'container':
      return fault.container === 'other'
        ? 'it is in none of the containers that browsers read'
        : `browsers don't read its container (${fault.container})`
    case 'video-codec':
      return `not every browser decodes its picture (${fault.codec})`
    case 'audio-codec':
      return `not every browser decodes its sound there (${fault.codec})`
    case 'index':
      return 'its index is not at the beginning, so nothing is seen before the end has arrived'
    case 'key-frames':
      return `${fault.apartSeconds.toFixed(1)} s pass from ${fault.atSeconds.toFixed(1)} s on without a key frame, where two are allowed: seeking waits`
  }
}
