import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PEERS_FOLDER } from './clients/peer-package.ts'
import type { ClientName } from './swarm-run.ts'

const LISTED = fileURLToPath(new URL('../../peers', import.meta.url))
const FILES = ['package.json', 'package-lock.json'] as const
/** Left by npm in node_modules: what it has installed. */
const INSTALLED = 'node_modules/.package-lock.json'

/** Every engine, ours first. */
export const CLIENT_NAMES: readonly ClientName[] = [
  'ours',
  'webtorrent',
  'torrent-stream',
  'libtorrent',
]

/** Installs webtorrent and torrent-stream into .cache/bench-peers, as bench/peers lists them, when they aren't there. */
export function installPeers(): void {
  const isThere =
    existsSync(join(PEERS_FOLDER, INSTALLED)) &&
    FILES.every(
      (name) =>
        existsSync(join(PEERS_FOLDER, name)) &&
        readFileSync(join(PEERS_FOLDER, name)).equals(readFileSync(join(LISTED, name))),
    )
  if (isThere) return
  console.log('installing the other engines into .cache/bench-peers …')
  mkdirSync(PEERS_FOLDER, { recursive: true })
  for (const name of FILES) cpSync(join(LISTED, name), join(PEERS_FOLDER, name))
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: PEERS_FOLDER,
    stdio: 'inherit',
  })
}

/** The version of an engine, or `null` when this machine doesn't have it. */
export function clientVersion(client: ClientName): string | null {
  try {
    if (client === 'libtorrent')
      return execFileSync(
        '/usr/bin/python3',
        ['-c', 'import libtorrent as l; print(l.__version__)'],
        {
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
        .toString()
        .trim()
    if (client === 'ours') return ''
    const text = readFileSync(join(PEERS_FOLDER, `node_modules/${client}/package.json`), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  } catch {
    // Not installed; the table says so.
    return null
  }
}
