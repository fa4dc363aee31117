import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeWav } from './sound.ts'
import type { Studio } from './studio.ts'
import { CHAPTERS, FRAME_COUNT, FRAMES_PER_SECOND } from './timeline.ts'

/** Draws, sounds and encodes the film into `to`. `folder` is for files in between. Throws when ffmpeg fails. */
export async function makeFilm(studio: Studio, to: string, folder: string): Promise<void> {
  const sound = join(folder, 'sound.wav')
  const notes = join(folder, 'notes.txt')
  await writeFile(sound, makeWav())
  await writeFile(notes, metadata())
  const encoder = spawn('ffmpeg', encoding(sound, notes, to), {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(encoder, 'exit')
  for (let frame = 0; frame < FRAME_COUNT; frame++) {
    if (!encoder.stdin.write(await studio.frame(frame))) await once(encoder.stdin, 'drain')
    if (frame % 240 === 0) console.log(`frame ${frame} of ${FRAME_COUNT}`)
  }
  encoder.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg ended with code ${String(code)}`)
}

function encoding(sound: string, notes: string, to: string): string[] {
  return [
    ['-v', 'warning', '-y'],
    ['-f', 'image2pipe', '-c:v', 'png', '-framerate', String(FRAMES_PER_SECOND), '-i', 'pipe:0'],
    ['-i', sound],
    ['-i', notes],
    ['-map', '0:v', '-map', '1:a', '-map_metadata', '2', '-map_chapters', '2'],
    ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'],
    ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ['-c:v', 'libx264', '-profile:v', 'high', '-level', '3.1'],
    ['-preset', 'veryslow', '-tune', 'animation', '-refs', '4'],
    ['-crf', '17', '-maxrate', '1600k', '-bufsize', '2400k'],
    // A closed group of pictures every two seconds: a seek lands at most 47 frames early.
    ['-g', '48', '-keyint_min', '48', '-sc_threshold', '0', '-flags:v', '+cgop+bitexact'],
    ['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'],
    ['-metadata:s:a:0', 'language=zxx'],
    // No version texts or dates: the same programs make the same file.
    ['-fflags', '+bitexact', '-flags:a', '+bitexact'],
    ['-movflags', '+faststart', to],
  ].flat()
}

function metadata(): string {
  const chapters = CHAPTERS.map((chapter) =>
    [
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${chapter.startSeconds * 1000}`,
      `END=${chapter.endSeconds * 1000}`,
      `title=${chapter.title}`,
    ].join('\n'),
  )
  const head = [
    ';FFMETADATA1',
    'title=The Matinee Test Reel',
    'artist=The Matinee project',
    'date=2026',
    'copyright=CC0 1.0: no rights reserved',
  ]
  return [...head, ...chapters, ''].join('\n')
}
