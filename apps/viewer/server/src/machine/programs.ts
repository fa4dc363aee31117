import { spawn, type ChildProcess } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/** The path of a program that PATH leads to, looked up anew each time; `null` = there is none. */
export async function findProgram(name: string): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    // A relative folder would mean whatever folder we were started in.
    if (!isAbsolute(folder)) continue
    const path = join(folder, file)
    if (await isProgram(path)) return path
  }
  return null
}

/** Whether a file may be run. */
export function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/**
 * Starts another program of the computer, without a shell: its arguments are never read as commands. It lives
 * on when we end. Resolves when it runs. Throws Error when there is no such program.
 */
export async function startApart(path: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(path, args, { stdio: 'ignore', detached: true })
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  child.unref()
  return child
}
