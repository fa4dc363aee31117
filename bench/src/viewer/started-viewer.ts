import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { MadeFolder } from './made-folder.ts'

/** A viewer in a process of its own. */
export interface StartedViewer extends AsyncDisposable {
  /** Ends with `/`. */
  readonly url: string
  readonly launchUrl: string
  /** When the first of its processes was begun, in milliseconds of the wall clock. */
  readonly begunAtMs: number
  /** How long it took to say that it's ready. */
  readonly readyMs: number
  /** A link for another browser. */
  newLaunchUrl(): Promise<string>
  /** The longest time that its main thread was held up since this was last asked. */
  longestDelayMs(): Promise<number>
  residentMB(): number
}

/** What the process says: the first line has an address, a link and a process id, the answers one field each. */
interface Said {
  readonly url: string
  readonly launchUrl: string
  readonly pid: number
  readonly longestMs: number
}

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/**
 * Starts a viewer as `./matinee` does: the starter, the look whether the pages are built, the viewer; all of it counts.
 * As the command follows no other feed than its own, the starter is handed the bench's script in its place.
 * `allowLocal`: its works may be fetched from this computer.
 */
export async function startViewerProcess(
  { feed, data }: MadeFolder,
  { allowLocal = false }: { readonly allowLocal?: boolean } = {},
): Promise<StartedViewer> {
  const begunAtMs = Date.now()
  const env = { ...process.env, NODE_COMPILE_CACHE: at('.cache/compile') }
  spawnSync(process.execPath, [at('tools/pages.ts')], { stdio: 'ignore', env })
  const script = 'bench/src/viewer/viewer-process.ts'
  const child = spawn(
    process.execPath,
    [at('tools/start.mjs'), '--run', script, feed, data, ...(allowLocal ? ['local'] : [])],
    { stdio: ['pipe', 'pipe', 'inherit'], env },
  )
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<Said> => {
    const line = await lines.next()
    if (line.done === true) throw new Error('the viewer ended')
    return JSON.parse(line.value) as Said
  }
  const ask = (word: string): Promise<Said> => {
    child.stdin.write(`${word}\n`)
    return next()
  }
  const { url, launchUrl, pid } = await next()
  return {
    url,
    launchUrl,
    begunAtMs,
    readyMs: Date.now() - begunAtMs,
    newLaunchUrl: async () => (await ask('link')).launchUrl,
    longestDelayMs: async () => (await ask('delay')).longestMs,
    residentMB() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1]) / 1000
    },
    async [Symbol.asyncDispose]() {
      process.kill(pid, 'SIGINT')
      await ended
    },
  }
}
