/**
 * Builds the pages of the applications when a source of theirs changed since the last build. Run by
 * the starter before anything that serves pages; silent when there is nothing to do.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.ts'

/** An application's pages: where Vite finds them, and which folders go into them. */
interface Pages {
  readonly name: string
  readonly folder: string
  readonly sources: readonly string[]
}

const PAGES: readonly Pages[] = [
  {
    name: 'viewer',
    folder: join(ROOT, 'apps/viewer/web'),
    sources: ['apps/viewer/web', 'apps/viewer/api', 'packages/base/src'],
  },
]
const CACHE = join(ROOT, '.cache')

for (const pages of PAGES) {
  const built = join(pages.folder, 'dist')
  const stampFile = join(CACHE, `pages-${pages.name}.stamp`)
  const stamp = stampOf(pages)
  const isBuilt = existsSync(join(built, 'index.html')) && existsSync(stampFile)
  if (isBuilt && readFileSync(stampFile, 'utf8') === stamp) continue
  mkdirSync(CACHE, { recursive: true })
  const log = join(CACHE, `pages-${pages.name}.log`)
  // Built aside and put in place at once: another start may build, or a viewer serve, just now.
  const fresh = join(CACHE, `pages-${pages.name}-${process.pid}`)
  if ((await build(pages, fresh, log)) === 0) {
    rmSync(built, { recursive: true, force: true })
    renameSync(fresh, built)
    writeFileSync(stampFile, stamp)
  } else {
    const reason = /^\w*Error: .*$/mu.exec(readFileSync(log, 'utf8'))?.[0] ?? 'Vite found errors'
    console.error(
      `matinee: building the ${pages.name}'s pages failed: ${reason}; more is in ${log}`,
    )
    rmSync(fresh, { recursive: true, force: true })
    process.exitCode = 1
  }
}

/** Changes with the name, time or size of any source, and with the packages the lockfile names. */
function stampOf(pages: Pages): string {
  const stamp = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of pages.sources) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    for (const name of names.toSorted()) {
      if (name.startsWith('dist')) continue
      const { mtimeMs, size } = statSync(join(ROOT, folder, name))
      stamp.update(`${folder}/${name} ${mtimeMs} ${size}\n`)
    }
  }
  return stamp.digest('hex')
}

/** Runs Vite quietly while the seconds are counted aloud. Resolves with its exit code. */
function build(pages: Pages, into: string, log: string): Promise<number> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const output = openSync(log, 'w')
  const args = [vite, 'build', pages.folder, '--outDir', into, '--emptyOutDir']
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', output, output] })
  let seconds = 0
  const ticks = setInterval(() => {
    const title = seconds++ === 0 ? `building the ${pages.name}'s pages` : ''
    process.stderr.write(`${title} … ${seconds} s`)
  }, 1000)
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(ticks)
      if (seconds > 0) process.stderr.write('\n')
      resolve(code ?? 1)
    })
  })
}
