/**
 * A film becomes a release: files in one folder, aligned in one torrent that both kinds of programs read, and a twin
 * for those that read the older kind only.
 *
 *     <folder>/files/<work>.mp4, <work>.en.vtt, chapters.en.vtt, thumbnails…, poster.jpg, LICENSE, ATTRIBUTION.txt
 *                    of a series <work>-s1e2.mp4, <work>-s1e2.en.vtt, s1e2.chapters.en.vtt, s1e2.thumbnails…
 *     <folder>/hybrid.torrent   over files/
 *     <folder>/v1.torrent       over the very same bytes
 *     <folder>/head-pack        feed-format 12.8
 *
 * It is made beside its place and moved there when it's whole.
 */
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FilmFacts } from './film-facts.ts'
import { makeHeadPack } from './head-pack-maker.ts'
import { readPlayableFilm } from './playable-film.ts'
import { remakePicture } from './picture-maker.ts'
import { releaseDraft, type PlacedFile } from './release-draft.ts'
import {
  ReleaseError,
  type BuiltPicture,
  type BuiltRelease,
  type ReleaseOrder,
  type ReleaseProgress,
} from './release-order.ts'
import { episodePrefix, placeFilms, placeSounds, placeTexts } from './release-files.ts'
import { makeTorrents } from './release-torrents.ts'
import { makeThumbnails, posterCandidates } from './thumbnails.ts'

/**
 * Makes a release of an order. Whatever happens, `order.folder` is whole or not there.
 *
 * Throws {@link ReleaseError}, what `createTorrent` throws, and the signal's reason.
 */
export async function buildRelease(
  order: ReleaseOrder,
  onProgress: (progress: ReleaseProgress) => void,
  signal: AbortSignal,
): Promise<BuiltRelease> {
  await refusePlace(order.folder)
  if (order.ffmpeg === null && order.pictures.length > 0)
    throw new ReleaseError('no-ffmpeg', 'pictures are made anew by ffmpeg, which is not there')
  onProgress({ step: 'probing', doneBytes: 0, totalBytes: 0 })
  const films = await Promise.all(order.films.map(({ path }) => readPlayableFilm(path, signal)))
  await mkdir(dirname(order.folder), { recursive: true, mode: 0o700 })
  const draft = await mkdtemp(`${order.folder}.`)
  try {
    const built = await fill(draft, films, order, onProgress, signal)
    await rename(draft, order.folder)
    return built
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function fill(
  draft: string,
  films: readonly FilmFacts[],
  order: ReleaseOrder,
  onProgress: (progress: ReleaseProgress) => void,
  signal: AbortSignal,
): Promise<BuiltRelease> {
  const files = join(draft, 'files')
  await mkdir(files)
  const report = stepReporter('copying', onProgress)
  const placed: PlacedFile[] = [
    ...(await placeFilms(files, films, order, report, signal)),
    ...(await placeSounds(files, order, report, signal)),
    ...(await placeTexts(files, films, order)),
  ]
  onProgress({ step: 'pictures', doneBytes: 0, totalBytes: 0 })
  const pictures = await makePictures(files, order, signal)
  const shown = await showFilm(files, films, order, onProgress, signal)
  const totalBytes = await folderBytes(files)
  const { hybrid, twin } = await makeTorrents(
    files,
    totalBytes,
    order,
    (doneBytes, total) => onProgress({ step: 'hashing', doneBytes, totalBytes: total }),
    signal,
  )
  const { pieceLength } = hybrid.metainfo
  const heads = placed.flatMap(({ name, film }) =>
    film === null ? [] : [{ path: name, facts: { ...film, path: join(files, name) } }],
  )
  const headPack = await makeHeadPack({ bytes: hybrid.bytes, pieceLength }, heads, signal)
  await writeFile(join(draft, 'hybrid.torrent'), hybrid.bytes)
  await writeFile(join(draft, 'v1.torrent'), twin.bytes)
  if (headPack !== null) await writeFile(join(draft, 'head-pack'), headPack)
  return {
    release: releaseDraft(order, placed, {
      hybrid: hybrid.metainfo,
      twin: twin.metainfo,
      headPack,
    }),
    durationSeconds: films[0]?.durationSeconds ?? 0,
    pictures,
    posterCandidates: shown.posterCandidates,
    headPack,
    notes: [...shown.notes, ...leftOut(films, headPack)],
  }
}

/** What only ffmpeg can show of a film. Without it, or when it fails, the release goes without. */
async function showFilm(
  files: string,
  films: readonly FilmFacts[],
  { ffmpeg, films: sources }: ReleaseOrder,
  onProgress: (progress: ReleaseProgress) => void,
  signal: AbortSignal,
): Promise<Pick<BuiltRelease, 'posterCandidates' | 'notes'>> {
  const [first] = films
  if (ffmpeg === null || first === undefined)
    return {
      posterCandidates: [],
      notes: ['There is no ffmpeg here: no pictures for the seek bar, no candidates for a poster.'],
    }
  onProgress({ step: 'thumbnails', doneBytes: 0, totalBytes: 0 })
  try {
    // Profiles of one cut share them.
    const shown = new Set<string>()
    for (const [at, film] of films.entries()) {
      const prefix = episodePrefix(sources[at]?.episode)
      if (shown.has(prefix)) continue
      shown.add(prefix)
      for (const { name, bytes } of await makeThumbnails(ffmpeg, film, prefix, signal))
        await writeFile(join(files, name), bytes)
    }
    return { posterCandidates: await posterCandidates(ffmpeg, first, signal), notes: [] }
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error
    return { posterCandidates: [], notes: [`No pictures for the seek bar: ${error.message}.`] }
  }
}

async function makePictures(
  files: string,
  order: ReleaseOrder,
  signal: AbortSignal,
): Promise<BuiltPicture[]> {
  const made: BuiltPicture[] = []
  for (const source of order.pictures)
    if (order.ffmpeg !== null) made.push(await remakePicture(order.ffmpeg, source, signal))
  const poster = made.find(({ picture }) => picture['role'] === 'poster')
  if (poster !== undefined) await writeFile(join(files, 'poster.jpg'), poster.bytes)
  return made
}

function leftOut(films: readonly FilmFacts[], headPack: Uint8Array | null): string[] {
  const notes: string[] = []
  for (const { path, index } of films) {
    const texts = (index?.tracks ?? []).filter(({ kind }) => kind === 'subtitle').length
    if (texts > 0)
      notes.push(
        `${basename(path)} has subtitles inside, which browsers don't show: give them as files.`,
      )
  }
  if (headPack === null)
    notes.push('There is no head pack: the torrent alone is larger than one may be.')
  return notes
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size
  return bytes
}

function stepReporter(
  step: ReleaseProgress['step'],
  onProgress: (progress: ReleaseProgress) => void,
): (doneBytes: number, totalBytes: number) => void {
  return (doneBytes, totalBytes) => onProgress({ step, doneBytes, totalBytes })
}

async function refusePlace(folder: string): Promise<void> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  )
  if (isThere) throw new ReleaseError('there', `${folder} is there already`)
}
