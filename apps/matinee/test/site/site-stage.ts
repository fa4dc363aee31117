import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { filmToAdd } from '@matinee/testkit'
import {
  begin,
  bookRecords,
  plainly,
  putWorks,
  release,
  type Run,
} from '../publisher/publisher-stage.ts'

/** Where the site of these tests would be. */
export const BASE_URL = 'https://films.example/cinema/'
/** Where its film is given out. */
export const WEB_SEED = 'https://seed.example/films/'

/** A film in the public domain in one country, a film and a series that are free everywhere. */
const NEEDED = new Set<string>(['city-of-pendulums', 'the-salt-clock', 'night-ferry'])

/** A published feed of made-up works and one film that exists, with subtitles and a web seed. Resolves with the publisher's folder. */
export async function publishSite(root: string, webSeed = WEB_SEED): Promise<string> {
  const path = join(root, 'publisher')
  await begin(path)
  await putWorks(
    path,
    bookRecords().filter(({ id }, at) => at < 12 || NEEDED.has(id)),
  )
  const subtitles = join(root, 'way.srt')
  await writeFile(subtitles, '1\n00:00:00,000 --> 00:00:05,000\nThe first line\n')
  const film = await filmToAdd('The Way', { folder: root, name: 'film.mp4', durationSeconds: 5 })
  const more = ['--subtitles', `en=${subtitles}`, '--web-seed', webSeed]
  await plainly(['add', ...film.args, ...more, '--feed', path])
  await release(path)
  return path
}

/** Makes the site, which must end well. */
export async function site(path: string, out: string, ...more: readonly string[]): Promise<Run> {
  return await plainly(['site', path, '--out', out, ...more])
}
