import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { join } from 'node:path'
import { licenceOf, type Credit } from '@matinee/rights'
import { makeFilm, type FilmOptions } from '@matinee/testkit'
import type { ReleaseOrder } from '../src/release/release-order.ts'

/** A credit for a made-up film. */
export const MADE_CREDIT: Credit = {
  title: 'The Gasworks',
  authors: ['Mara Quill'],
  year: 1931,
  sourceUrl: 'https://films.example/gasworks',
  requestedForm: null,
  copyrightNotice: null,
  modifications: 'encoded anew',
  creditsMustPlay: false,
}

const SRT = `1\r\n00:00:00,500 --> 00:00:02,000\r\nHello <b>there</b>\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\nGood night\r\n`

/** A film of six seconds made by ffmpeg, subtitles in two languages, and an order for them. */
export async function madeOrder(
  folder: string,
  ffmpeg: string | null,
  film: Partial<FilmOptions> = {},
): Promise<ReleaseOrder> {
  const path = await makeFilm({ folder, name: 'source.mp4', durationSeconds: 6, ...film })
  await writeFile(join(folder, 'english.srt'), SRT)
  await writeFile(
    join(folder, 'french.srt'),
    Buffer.from(SRT.replace('Good night', 'Fin d’été'), 'utf8'),
  )
  const licence = licenceOf('CC-BY-4.0')
  if (licence === null) throw new Error('CC BY 4.0 is a licence')
  return {
    folder: join(folder, 'releases', 'the-gasworks', 'main'),
    workId: 'the-gasworks',
    releaseId: 'main',
    title: 'The Gasworks',
    year: 1931,
    films: [{ path, languages: ['en'] }],
    subtitles: [
      { path: join(folder, 'english.srt'), language: 'en' },
      { path: join(folder, 'french.srt'), language: 'fr', use: 'sdh' },
    ],
    audios: [],
    pictures: [],
    chapters: [
      { startSeconds: 0, titles: { en: 'Morning', fr: 'Matin' } },
      { startSeconds: 3, titles: { en: 'Evening' } },
    ],
    credit: MADE_CREDIT,
    terms: { kind: 'licence', licence },
    licenceText: null,
    trackers: ['https://tracker.example/announce'],
    webSeeds: [],
    ffmpeg,
  }
}

/** A picture of 1400 by 2100 pixels, as PNG. */
export async function madePoster(path: string): Promise<void> {
  const picture = '-loglevel error -f lavfi -i testsrc=size=1400x2100 -frames:v 1'
  await promisify(execFile)('ffmpeg', picture.split(' ').concat(path))
}
