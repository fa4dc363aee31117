import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../apps/matinee/src/main.ts', import.meta.url))

/** Matinee as a user starts it, on a free port, with a data folder of its own that goes away with it. */
export interface RunningViewer extends AsyncDisposable {
  /** Ends with `/`. */
  readonly url: string
  readonly launchUrl: string
  /** Lines of its log, each a JSON object; more come. */
  readonly log: readonly string[]
  /** Ends it as Ctrl-C does, and waits. */
  stop(): Promise<void>
}

export async function startMatinee(): Promise<RunningViewer> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  const child = spawn(
    process.execPath,
    [MAIN, '--no-open', '--json', '--port', '0', '--data', join(folder, 'data')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, MATINEE_LOG: 'info' } },
  )
  const log: string[] = []
  createInterface(child.stderr).on('line', (line) => log.push(line))
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
  }
  try {
    const first = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
      ended.then(() => assert.fail(`Matinee ended at once: ${log.join('\n')}`)),
    ])
    const { event, url, launchUrl } = JSON.parse(first) as Record<string, string>
    assert.ok(event === 'ready' && url !== undefined && launchUrl !== undefined, first)
    return {
      url,
      launchUrl,
      log,
      stop,
      async [Symbol.asyncDispose]() {
        await stop()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
