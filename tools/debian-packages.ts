import { spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEBIAN_PACKAGES, type ProgramName } from './programs.ts'
import { ROOT } from './root.ts'

/** Debian's packages for programs; a browser without a font of the system shows no text. */
function packagesFor(programs: ReadonlySet<ProgramName>): readonly string[] {
  const names = [...programs].map((program) => DEBIAN_PACKAGES[program])
  return [...new Set(programs.has('chromium') ? [...names, 'fonts-dejavu-core'] : names)].toSorted()
}

/** Whether this is Debian, or something made of it, and we may install there. */
function mayInstall(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    return /^ID(?:_LIKE)?=.*debian/mu.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false // no such file: not Linux
  }
}

/**
 * Installs programs where we are root on Debian (a container, continuous integration), and says so
 * first. Elsewhere it prints the line to run. What is still missing, the caller finds out.
 */
export function installPrograms(programs: ReadonlySet<ProgramName>): void {
  if (programs.size === 0) return
  const packages = packagesFor(programs)
  const line = `apt-get install --no-install-recommends -y ${packages.join(' ')}`
  if (!mayInstall()) {
    console.log(`Some tests need programs that are missing here. On Debian: sudo ${line}`)
    return
  }
  console.log(`Installing Debian's packages that the tests need: ${packages.join(' ')}`)
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const log = join(ROOT, '.cache/apt-get.log')
  const output = openSync(log, 'w')
  // In runlevel 1 no package starts its daemon.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  for (const args of [['update'], line.split(' ').slice(1)]) {
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', output, output] })
    if (status !== 0) console.log(`apt-get ${args[0]} failed; what it said is in ${log}`)
  }
}
