/** The commands of a publisher as a person runs them: each a process of its own. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runProgram, startProgram } from '@matinee/testkit'
import { PASSPHRASE } from './publisher-commands.ts'

const MAIN = fileURLToPath(new URL('../apps/matinee/src/main.ts', import.meta.url))

/** Runs `matinee …` to its end, which must be a good one. Resolves with the last JSON line it said. */
export async function command(
  args: readonly string[],
  options: { readonly needsPassphrase?: boolean } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const { needsPassphrase = false } = options
  const secret = needsPassphrase ? ['--passphrase-fd', '0'] : []
  const input = needsPassphrase ? `${PASSPHRASE}\n` : undefined
  const { code, out, err } = await runProgram(MAIN, [...args, ...secret, '--json'], { input })
  assert.equal(code, 0, `matinee ${args.join(' ')}: ${err}`)
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
}

/** Where a seed says that others find it. */
export interface SeedProcess extends AsyncDisposable {
  /** Ends without a slash. */
  readonly mirror: string
}

/** Starts `matinee seed`, and ends it as Ctrl-C does. */
export async function startSeed(args: readonly string[]): Promise<SeedProcess> {
  const { child, next, said } = startProgram(MAIN, ['seed', ...args, '--json'])
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    const [code] = await ended
    assert.equal(code, 0, said())
  }
  try {
    const { http } = await next('ready')
    return { mirror: String(http), [Symbol.asyncDispose]: stop }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}
