import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process that said one thing and works on. */
export interface SaidProcess extends AsyncDisposable {
  /** Its first line, JSON. */
  readonly said: Readonly<Record<string, string>>
}

/** Starts a script of this folder and waits for its first line. */
export async function startSaying(
  script: string,
  ...args: readonly string[]
): Promise<SaidProcess> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = fork(path, [...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout ?? process.stdin)
  const first = await Promise.race([once(lines, 'line').then(([line]) => String(line)), ended])
  if (typeof first !== 'string') throw new Error(`${script} ended`)
  return {
    said: JSON.parse(first) as Record<string, string>,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
