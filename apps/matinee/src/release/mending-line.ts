import { parse } from 'node:path'
import type { FilmFacts } from './film-facts.ts'
import {
  KEY_FRAME_SECONDS,
  playsAudio,
  playsVideo,
  type FilmFault,
  type PlayingContainer,
} from './film-fault.ts'

/**
 * The line for a shell that makes of a film one that has none of its faults, beside it and under another
 * name: what can stay as it is is copied. `null` = no line helps (there is no picture).
 */
export function mendingLine(film: FilmFacts, faults: readonly FilmFault[]): string | null {
  const { container, video, sounds, path } = film
  if (video === null && container !== 'other') return null
  const isPaced = !faults.some(({ kind }) => kind === 'key-frames')
  const keepsVideo = video !== null && isPaced && playsVideo(video.codec, null)
  const target = targetOf(keepsVideo ? video.codec : null)
  const keepsAudio = video !== null && sounds.every(({ codec }) => playsAudio(codec, target))
  // What can't be looked into may have sound.
  const sound = video === null ? ['-map', '0:a?'] : sounds.length > 0 ? ['-map', '0:a'] : []
  const { dir, name } = parse(path)
  const words = [
    ['ffmpeg', '-i', path, '-map', '0:v:0', ...sound],
    keepsVideo ? ['-c:v', 'copy'] : pictureAnew(video),
    sound.length === 0 ? [] : keepsAudio ? ['-c:a', 'copy'] : soundAnew(target),
    target === 'mp4' ? ['-movflags', '+faststart'] : ['-cues_to_front', '1'],
    [`${dir === '/' ? '' : dir}/${name}.playable.${target}`],
  ].flat()
  return words.map(shellWord).join(' ')
}

/** VP8 and VP9 are at home in WebM; everything else goes into MP4. */
function targetOf(codec: string | null): PlayingContainer {
  return codec !== null && codec.startsWith('vp') ? 'webm' : 'mp4'
}

function pictureAnew(video: FilmFacts['video']): string[] {
  const isOdd = video === null || video.width % 2 !== 0 || video.height % 2 !== 0
  return [
    ['-c:v', 'libx264', '-preset', 'slow', '-crf', '18', '-profile:v', 'high'],
    isOdd ? ['-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2'] : [],
    ['-pix_fmt', 'yuv420p'],
    ['-force_key_frames', `expr:gte(t,n_forced*${KEY_FRAME_SECONDS})`],
  ].flat()
}

function soundAnew(target: PlayingContainer): string[] {
  return target === 'mp4' ? ['-c:a', 'aac', '-b:a', '192k'] : ['-c:a', 'libopus', '-b:a', '160k']
}

/** POSIX shells: everything but plain characters stands in single quotes. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
