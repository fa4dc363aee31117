import { spawn, type ChildProcess } from 'node:child_process'

/**
 * Starts another program of the computer, without a shell: its arguments are never read as commands.
 * Resolves when it runs. Throws Error when there is no such program.
 */
export async function startProgram(
  name: string,
  args: readonly string[],
  life: 'ours' | 'its-own',
): Promise<ChildProcess> {
  const child = spawn(name, args, { stdio: 'ignore', detached: life === 'its-own' })
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  if (life === 'its-own') child.unref()
  return child
}
