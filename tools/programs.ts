import { accessSync, constants } from 'node:fs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'

/**
 * Programs of the system that tests use and that no npm package brings: a browser, ffmpeg, other
 * people's BitTorrent clients. `libtorrent` is a Python that can import it; `ip` is there only for those who may make
 * networks with it (root, and in a container only if it was given the right).
 */
export type ProgramName =
  | 'aria2c'
  | 'chromium'
  | 'dpkg-deb'
  | 'ffmpeg'
  | 'ffprobe'
  | 'ip'
  | 'libtorrent'
  | 'transmission-daemon'
  | 'transmission-remote'
  | 'transmission-show'

/** Debian's package for each. */
export const DEBIAN_PACKAGES: Readonly<Record<ProgramName, string>> = {
  aria2c: 'aria2',
  chromium: 'chromium',
  'dpkg-deb': 'dpkg',
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  ip: 'iproute2',
  libtorrent: 'python3-libtorrent',
  'transmission-daemon': 'transmission-daemon',
  'transmission-remote': 'transmission-cli',
  'transmission-show': 'transmission-cli',
}

/** Absolute path of a program, or `null` when the system doesn't have it. */
export function lookUpProgram(name: ProgramName): string | null {
  if (name === 'libtorrent') return pythonWithLibtorrent()
  if (name === 'ip' && !mayMakeNetworks()) return null
  return onPath(name)
}

/** Absolute path of a program. Throws with the package to install when it is missing. */
export function findProgram(name: ProgramName): string {
  const found = lookUpProgram(name)
  if (found === null)
    throw new Error(`${name} is missing: install Debian's package ${DEBIAN_PACKAGES[name]}`)
  return found
}

function onPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder; the next one may have it.
    }
  }
  return null
}

function mayMakeNetworks(): boolean {
  return (
    spawnSync('unshare', ['--net', '--mount', 'ip', 'link', 'add', 'type', 'veth']).status === 0
  )
}

/** The system's Python first: another one on PATH doesn't see Debian's packages. */
function pythonWithLibtorrent(): string | null {
  for (const python of ['/usr/bin/python3', onPath('python3')])
    if (python !== null && spawnSync(python, ['-c', 'import libtorrent']).status === 0)
      return python
  return null
}
