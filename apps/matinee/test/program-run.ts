import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'

/** A program of this application that runs, for tests. */
export interface ProgramRun {
  readonly child: ChildProcess
  /** The next JSON line of this event. Fails when the output ends first. */
  readonly next: (event: string) => Promise<Readonly<Record<string, unknown>>>
  /** All of standard error so far. */
  readonly said: () => string
}

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))

/** Starts `src/<name>`. */
export function startOwn(name: string, args: readonly string[]): ProgramRun {
  const child = spawn(process.execPath, [SOURCES + name, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    said: () => said,
    next: async (event) => {
      for (;;) {
        const line = await lines.next()
        assert.ok(line.done !== true, `${name} ended before it said ${event}: ${said}`)
        const object = JSON.parse(line.value) as Record<string, unknown>
        if (object['event'] === event) return object
      }
    },
  }
}

/** Runs `src/main.ts` to its end, with `input` on its standard input. */
export async function runMatinee(
  args: readonly string[],
  cwd?: string,
  input?: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [`${SOURCES}main.ts`, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  })
  child.stdin.end(input)
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (texts.out += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => (texts.err += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...texts }
}
