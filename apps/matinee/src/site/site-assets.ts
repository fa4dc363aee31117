/** What the pages of a site look like and are searched with: the viewer's own tokens and faces, and two files of its own. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { concatBytes, utf8Bytes } from '@matinee/base'
import { OWN_ROOT } from '../source/own-root.ts'
import type { SiteFiles } from './site-files.ts'

const TOKENS = 'apps/viewer/web/src/style/tokens.css'
const POSTER_FACES = 'apps/viewer/web/src/poster/poster-faces.css'
const ICON = 'apps/viewer/web/src/style/icon.svg'
const OWN = 'apps/matinee/src/site'

/** Our names of the faces, and the package and file that each is (all by OFL-1.1). */
const FACES = {
  bricolage: ['bricolage-grotesque', 'bricolage-grotesque-latin-wdth-normal'],
  hanken: ['hanken-grotesk', 'hanken-grotesk-latin-wght-normal'],
  newsreader: ['newsreader', 'newsreader-latin-wght-normal'],
  'newsreader-italic': ['newsreader', 'newsreader-latin-wght-italic'],
  anybody: ['anybody', 'anybody-latin-wdth-normal'],
  bodoni: ['bodoni-moda', 'bodoni-moda-latin-opsz-normal'],
  'league-gothic': ['league-gothic', 'league-gothic-latin-wdth-normal'],
} as const

const FACES_NOTE = `The faces in this folder are by the SIL Open Font License 1.1 (https://openfontlicense.org):
Bricolage Grotesque, Hanken Grotesk, Newsreader, Anybody, Bodoni Moda, League Gothic.
`

/** Style, script, icon and faces by path. Without built pages and packages there are no faces, and the system's are used. Throws what the file system throws. */
export async function siteAssets(): Promise<SiteFiles> {
  const read = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await readFile(join(OWN_ROOT, path)))
  const files = new Map<string, Uint8Array>()
  for (const [name, [from, file]] of Object.entries(FACES)) {
    const bytes = await faceFile(from, file)
    if (bytes !== null) files.set(`assets/${name}.woff2`, bytes)
  }
  files.set('assets/FACES.txt', utf8Bytes(FACES_NOTE))
  files.set('assets/icon.svg', await read(ICON))
  files.set('assets/search.js', await read(`${OWN}/search.js`))
  const styles = [TOKENS, POSTER_FACES, `${OWN}/site.css`]
  files.set('assets/site.css', concatBytes(await Promise.all(styles.map(read))))
  return files
}

/** Out of the built pages, else out of the package: the same bytes. */
async function faceFile(from: string, file: string): Promise<Uint8Array | null> {
  const built = join(OWN_ROOT, 'apps/viewer/web/dist/assets')
  const names = await readdir(built).catch((): string[] => [])
  const name = names.find((each) => each.startsWith(`${file}-`) && each.endsWith('.woff2'))
  const path =
    name === undefined
      ? join(OWN_ROOT, 'node_modules/@fontsource-variable', from, 'files', `${file}.woff2`)
      : join(built, name)
  const bytes = await readFile(path).catch(() => null)
  return bytes === null ? null : new Uint8Array(bytes)
}
