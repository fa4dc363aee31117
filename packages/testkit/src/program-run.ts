import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program of this repository that runs as a process of its own, and says JSON objects, one a line. */
export interface ProgramRun {
  readonly child: ChildProcess
  /** The next JSON line of this event. Throws when the output ends first. */
  readonly next: (event: string) => Promise<Readonly<Record<string, unknown>>>
  /** All of standard error so far. */
  readonly said: () => string
}

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts a TypeScript file with this Node. */
export function startProgram(path: string, args: readonly string[]): ProgramRun {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    said: () => said,
    next: async (event) => {
      for (;;) {
        const line = await lines.next()
        if (line.done === true) throw new Error(`${path} ended before it said ${event}: ${said}`)
        const object = JSON.parse(line.value) as Record<string, unknown>
        if (object['event'] === event) return object
      }
    },
  }
}

/** Runs a TypeScript file to its end, with `input` on its standard input. */
export async function runProgram(
  path: string,
  args: readonly string[],
  { cwd, input }: { readonly cwd?: string | undefined; readonly input?: string | undefined } = {},
): Promise<ProgramEnd> {
  const child = spawn(process.execPath, [path, ...args], {
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
