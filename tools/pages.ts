/**
 * Builds the pages of the applications when a source of theirs changed since the last build. Run by
 * the starter before anything that serves pages; silent when there is nothing to do.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
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
    folder: 'apps/viewer/web',
    sources: ['apps/viewer/web', 'apps/viewer/api', 'packages/base/src'],
  },
]

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

/** Runs Vite quietly; the seconds are counted aloud. Resolves with its exit code. */
function build(pages: Pages, log: string): Promise<number> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', join(ROOT, pages.folder)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes))
  let seconds = 0
  const ticks = setInterval(() => {
    process.stderr.write(
      `${seconds++ === 0 ? `building the ${pages.name}'s pages` : ''} … ${seconds} s`,
    )
  }, 1000)
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(ticks)
      if (seconds > 0) process.stderr.write('\n')
      writeFileSync(log, Buffer.concat(said))
      resolve(code ?? 1)
    })
  })
}

for (const pages of PAGES) {
  const stampFile = join(ROOT, `.cache/pages-${pages.name}.stamp`)
  const stamp = stampOf(pages)
  const isBuilt = existsSync(join(ROOT, pages.folder, 'dist/index.html'))
  if (isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const log = join(ROOT, `.cache/pages-${pages.name}.log`)
  if ((await build(pages, log)) === 0) writeFileSync(stampFile, stamp)
  else {
    const reason = /^.*error.*$/imu.exec(readFileSync(log, 'utf8'))?.[0].trim() ?? 'no reason given'
    console.error(
      `matinee: building the ${pages.name}'s pages failed: ${reason}; more is in ${log}`,
    )
    process.exitCode = 1
  }
}
