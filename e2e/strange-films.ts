/** Films in containers and codecs that browsers don't play as they are, made by ffmpeg: each stands for a work of the made-up feed. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { RED_BOX, styledScript } from './drawn-picture.ts'
import { MADE_FILM_SIZE, type MadeFilms } from './made-films.ts'

/** How long each of them is. */
export const STRANGE_SECONDS = 36

const CUE_SECONDS = 3
const { width, height } = MADE_FILM_SIZE
const run = promisify(execFile)

/** The films, by the id of the work in whose place they stand. */
export const STRANGE_FILMS = {
  /** H.264 with two sounds in AAC, SubRip in English and ASS in French. */
  subtitled: 'the-salt-clock',
  /** H.264 with AC-3. */
  ac3: 'two-tickets-for-the-storm',
  /** MPEG-2 with MP2. */
  mpeg2: 'paper-lighthouse',
} as const

/** What the subtitled film says from `cue` times three seconds on. */
export function strangeLine(language: 'en' | 'fr', cue: number): string {
  return language === 'en' ? `Said inside ${cue}` : `Dit dedans ${cue}`
}

/** When a red box is over the subtitled film, in French. */
export const RED_SECONDS = { start: 6, end: 30 } as const

/** Puts {@link STRANGE_FILMS} below `folder` and in the place of what the made-up feed has. */
export function strangeFilms(
  folder: string,
): (works: readonly MadeFilms[]) => Promise<readonly MadeFilms[]> {
  return async (works) => {
    const made: MadeFilms[] = []
    for (const work of works) {
      const kind = Object.entries(STRANGE_FILMS).find(([, id]) => id === work.workId)?.[0]
      const own = join(folder, work.workId)
      if (kind === undefined) {
        made.push(work)
        continue
      }
      await mkdir(own, { recursive: true })
      const name = `${work.workId}.mkv`
      await make(kind as keyof typeof STRANGE_FILMS, join(own, name), folder)
      const film = {
        name,
        seconds: STRANGE_SECONDS,
        language: 'en',
        episode: null,
        subtitles: [],
      }
      made.push({ workId: work.workId, folder: own, films: [film] })
    }
    return made
  }
}

async function make(kind: keyof typeof STRANGE_FILMS, path: string, folder: string): Promise<void> {
  const picture = `testsrc2=size=${width}x${height}:rate=24:duration=${STRANGE_SECONDS}`
  const tone = (hertz: number): string => `sine=frequency=${hertz}:duration=${STRANGE_SECONDS}`
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', tone(440)]
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '48', '-pix_fmt', 'yuv420p']
  const general = ['-y', '-nostdin', '-loglevel', 'error']
  if (kind === 'mpeg2') {
    await run('ffmpeg', [...general, ...inputs, '-c:v', 'mpeg2video', '-c:a', 'mp2', path])
    return
  }
  if (kind === 'ac3') {
    await run('ffmpeg', [...general, ...inputs, ...h264, '-c:a', 'ac3', path])
    return
  }
  const english = join(folder, 'en.srt')
  const french = join(folder, 'fr.ass')
  await writeFile(english, subtitles())
  await writeFile(french, styledSubtitles())
  const kept = '-map 0:v -map 1:a -map 2:a -map 3:s -map 4:s'.split(' ')
  const coded = '-bf 2 -c:a aac -c:s:0 srt -c:s:1 ass'.split(' ')
  const sounds = '-metadata:s:a:0 language=eng -metadata:s:a:1 language=fre'.split(' ')
  const named = '-metadata:s:a:1 title=Commentaire'.split(' ')
  const words = '-metadata:s:s:0 language=eng -metadata:s:s:1 language=fre'.split(' ')
  const more = ['-f', 'lavfi', '-i', tone(880), '-i', english, '-i', french]
  const made = [...kept, ...h264, ...coded, ...sounds, ...named, ...words]
  await run('ffmpeg', [...general, ...inputs, ...more, ...made, path])
}

function subtitles(): string {
  const time = (seconds: number): string => `00:00:${String(seconds).padStart(2, '0')},000`
  return Array.from({ length: STRANGE_SECONDS / CUE_SECONDS }, (_, cue) =>
    [
      String(cue + 1),
      `${time(cue * CUE_SECONDS)} --> ${time((cue + 1) * CUE_SECONDS)}`,
      strangeLine('en', cue),
      '',
    ].join('\n'),
  ).join('\n')
}

function styledSubtitles(): string {
  const { start, end } = RED_SECONDS
  const lines = Array.from({ length: STRANGE_SECONDS / CUE_SECONDS }, (_, cue) => ({
    start: cue * CUE_SECONDS,
    end: (cue + 1) * CUE_SECONDS,
    line: strangeLine('fr', cue),
  }))
  return styledScript([{ start, end, line: RED_BOX }, ...lines])
}
