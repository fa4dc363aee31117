import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where the benchmark installs the engines it measures beside ours. */
export const PEERS_FOLDER = fileURLToPath(
  new URL('../../../../.cache/bench-peers/', import.meta.url),
)

/** What such a package exports; it has no types. */
export async function importPeer(name: string): Promise<Readonly<Record<string, unknown>>> {
  const path = createRequire(`${PEERS_FOLDER}package.json`).resolve(name)
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>
}
