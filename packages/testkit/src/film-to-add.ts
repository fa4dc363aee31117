import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFilm, type FilmOptions } from './made-media.ts'

/** A film that somebody could publish: nobody's, free everywhere, with a page that says so. */
export interface FilmToAdd {
  readonly path: string
  /** What `matinee feed add` takes besides `--feed`; the id is made of the title. */
  readonly args: readonly string[]
}

/** Makes a film and the page that is its evidence, both in `options.folder`. */
export async function filmToAdd(title: string, options: FilmOptions): Promise<FilmToAdd> {
  const path = await makeFilm(options)
  const page = join(options.folder, `${options.name}.html`)
  await writeFile(page, 'CC0')
  const said = ['--title', title, '--language', 'zxx', '--licence', 'CC0-1.0']
  const credit = ['--creator', 'Nobody', '--checked-by', 'lamplighter']
  const evidence = ['--evidence', `page/rightholder=${page}`]
  return { path, args: [path, ...said, ...credit, ...evidence] }
}
