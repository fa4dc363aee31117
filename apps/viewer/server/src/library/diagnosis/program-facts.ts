import type { Diagnosis } from '#api'
import { arch, platform, release } from 'node:os'

const SYSTEMS: Readonly<Record<string, Diagnosis['program']['system']>> = {
  linux: 'linux',
  darwin: 'macos',
  win32: 'windows',
}

/** What runs, on what. A kernel may be called after a person or a computer, so only its numbers are told. */
export function programFacts(version: string | null): Diagnosis['program'] {
  const processor = arch()
  return {
    version,
    node: process.versions.node,
    system: SYSTEMS[platform()] ?? 'other',
    systemVersion: /^\d+(?:\.\d+){0,2}/u.exec(release())?.[0] ?? '',
    processor: processor === 'x64' || processor === 'arm64' ? processor : 'other',
  }
}
