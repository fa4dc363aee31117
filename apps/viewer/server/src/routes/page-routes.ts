import { Hono } from 'hono'
import { readFile, readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { DRAWING_POLICY, PAGE_POLICY, SCRIPT_POLICY } from '../http/guards/answer-headers.ts'

/** The kinds of file that a build of the pages may hold; anything else in its folder isn't served. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/** A built file, in memory: there are few, and no path of a request ever reaches the disk. */
interface BuiltFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}

/** The built pages: the shell, and by name the files of `assets/`, whose names carry their hash. */
export interface BuiltPages {
  readonly shell: Uint8Array<ArrayBuffer> | null
  readonly assets: ReadonlyMap<string, BuiltFile>
}

/** Reads what Vite made. A folder that isn't there gives pages without a shell. */
export async function readBuiltPages(folder: string): Promise<BuiltPages> {
  const assets = new Map<string, BuiltFile>()
  try {
    const shell = new Uint8Array(await readFile(join(folder, 'index.html')))
    for (const name of await readdir(join(folder, 'assets'))) {
      const type = TYPES[extname(name)]
      if (type === undefined) continue
      assets.set(name, {
        bytes: new Uint8Array(await readFile(join(folder, 'assets', name))),
        type,
      })
    }
    return { shell, assets }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { shell: null, assets }
    throw error
  }
}

/** The built worker that draws styled subtitles. */
const DRAWING_WORKER = /^draw-worker-[\w-]+\.js$/u

/** Addresses of the application's pages; the page itself decides what stands there. */
const PAGES = [
  '/',
  '/films',
  '/shorts',
  '/series',
  '/browse',
  '/search',
  '/work/:id',
  '/people/:id',
  '/list/:id',
  '/shelf',
  '/shelf/:view',
  '/kept',
  '/diagnosis',
  '/settings',
  '/settings/catalogues',
  '/settings/profiles',
  '/who',
  '/welcome',
  '/design',
] as const

/**
 * The pages. The shell is the same for every address of the application, holds no secret, and is given to
 * anybody who asks with the right Host.
 */
export function pageRoutes(pages: BuiltPages): Hono {
  const routes = new Hono()
  const shell = (status: 200 | 404): Response =>
    pages.shell === null
      ? new Response('The pages are not built yet. Start Matinee with "npm start".\n', {
          status: 404,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        })
      : new Response(pages.shell, {
          status,
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': PAGE_POLICY,
            'cache-control': 'no-cache',
          },
        })
  for (const page of PAGES) routes.get(page, () => shell(200))
  routes.get('/assets/:name', (context) => {
    const name = context.req.param('name')
    const file = pages.assets.get(name)
    if (file === undefined) return context.notFound()
    return new Response(file.bytes, {
      headers: {
        'content-type': file.type,
        'content-security-policy': DRAWING_WORKER.test(name) ? DRAWING_POLICY : SCRIPT_POLICY,
        'cache-control': 'public, max-age=31536000, immutable',
      },
    })
  })
  // Whoever mistypes an address in the browser's bar is told so by a page, which leads back.
  routes.get('*', async (context, next) => {
    const isForPrograms = /^\/(?:api|media|assets)(?:\/|$)|\./u.test(context.req.path)
    const wantsPage = context.req.header('sec-fetch-mode') === 'navigate'
    return isForPrograms || !wantsPage ? next() : shell(404)
  })
  return routes
}
