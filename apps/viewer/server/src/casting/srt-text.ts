import { plainText, type Cue } from '@matinee/media'

/** Cues as SubRip, which televisions read: text without styles, since each set has its own idea of those. */
export function srtText(cues: readonly Cue[]): string {
  const blocks = cues.map((cue, at) => {
    const times = `${srtTime(cue.startSeconds)} --> ${srtTime(cue.endSeconds)}`
    return `${at + 1}\n${times}\n${plainText(cue)}\n`
  })
  return blocks.join('\n')
}

/** `01:02:03,456` */
function srtTime(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`
  return `${clock},${String(ms % 1000).padStart(3, '0')}`
}
