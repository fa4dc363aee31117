/** `npm run check`: types, lint, format, layers, packages, documents and feeds, all at once; says how long each took. */
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ROOT } from './root.ts'
import type { Tally } from './tally.ts'

/** A program of the repository that is silent and exits with 0 when all is well. */
interface Check {
  readonly name: string
  /** The script Node runs, and its arguments. */
  readonly script: readonly string[]
}

const CHECKS: readonly Check[] = [
  { name: 'types', script: ['node_modules/typescript/bin/tsc', '-b', '--pretty', 'false'] },
  {
    name: 'lint',
    script: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--quiet', '.'],
  },
  { name: 'format', script: ['node_modules/oxfmt/bin/oxfmt', '--check', '.'] },
  { name: 'layers', script: ['tools/check-layers.ts'] },
  { name: 'packages', script: ['tools/check-packages.ts'] },
  { name: 'documents', script: ['tools/check-docs.ts'] },
  { name: 'feeds', script: ['apps/matinee/src/main.ts', 'feed', 'verify', 'feeds/starter'] },
]

/**
 * What the compiler remembers of the pages. It doesn't look again at a file whose types come from a JSON file that
 * changed, as every string's key does, so it may remember nothing.
 */
const PAGES_MEMORY = join(ROOT, '.cache/types/apps/viewer/web.tsbuildinfo')

/** Runs every check; prints one line for each, and everything that a red one had to say. */
export async function runChecks(): Promise<Tally> {
  await rm(PAGES_MEMORY, { force: true })
  const results = await Promise.all(CHECKS.map(runCheck))
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed, skipped: 0 }
}

async function runCheck({ name, script }: Check): Promise<boolean> {
  const sinceMs = performance.now()
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined }
  const child = spawn(process.execPath, script, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(9)} ${seconds} s`)
  if (code !== 0) console.log(`${output}${errors}`)
  return code === 0
}

if (import.meta.main) {
  const { failed } = await runChecks()
  process.exitCode = failed > 0 ? 1 : 0
}
