/**
 * Makes the test reel in feeds/reel/, by hand: `node tools/reel/make.ts`.
 * Needs ffmpeg with libx264, and Chromium.
 * `--keep-film` makes everything but the film and the poster, which takes a second.
 */
import { mkdtemp, rename, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findProgram } from '../programs.ts'
import { captions, chapters } from './captions.ts'
import { makeFilm } from './film.ts'
import { ATTRIBUTION, LICENSE } from './notices.ts'
import { Studio } from './studio.ts'
import { makeTorrent } from './torrent.ts'

const { values } = parseArgs({ options: { 'keep-film': { type: 'boolean', default: false } } })
const folder = fileURLToPath(new URL('../../feeds/reel/', import.meta.url))
await mkdir(folder, { recursive: true })
if (!values['keep-film']) await makePictures()
await writeFile(join(folder, 'reel.en.vtt'), captions('en'))
await writeFile(join(folder, 'reel.fr.vtt'), captions('fr'))
await writeFile(join(folder, 'chapters.vtt'), chapters())
await writeFile(join(folder, 'LICENSE'), LICENSE)
await writeFile(join(folder, 'ATTRIBUTION.txt'), ATTRIBUTION)
console.log(`info-hash ${await makeTorrent(folder)}`)

async function makePictures(): Promise<void> {
  const between = await mkdtemp(join(tmpdir(), 'matinee-reel-'))
  try {
    await using studio = await Studio.open(findProgram('chromium'))
    await writeFile(join(folder, 'poster.png'), await studio.poster())
    // Beside its place, so that a film half made never stands under its name.
    const film = join(folder, 'reel.new.mp4')
    await makeFilm(studio, film, between)
    await rename(film, join(folder, 'reel.mp4'))
  } finally {
    await rm(between, { recursive: true, force: true })
  }
}
