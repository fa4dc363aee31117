import { openSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a command came to: its exit code, or what it threw. */
export interface CommandRun {
  /** `null` = it threw. */
  readonly code: number | null
  /** Lines on standard output. */
  readonly out: string
  readonly error: unknown
}

/** A command as this repository's have it: arguments, and where its words go. */
export interface RunnableCommand {
  run(
    args: readonly string[],
    screen: {
      line(text: string): void
      event(event: Readonly<Record<string, unknown>>): void
      note(text: string): void
      passing(text: string): void
      readonly isTerminal: boolean
    },
  ): Promise<number>
}

/**
 * Runs a command in this process, on no terminal.
 *
 * @param passphrases one a line, from a file descriptor; `null` = it takes none
 */
export async function runCommand(
  command: RunnableCommand,
  args: readonly string[],
  passphrases: string | null,
): Promise<CommandRun> {
  const lines: string[] = []
  const secrets = await mkdtemp(join(tmpdir(), 'matinee-passphrases-'))
  try {
    const file = join(secrets, 'passphrases')
    writeFileSync(file, `${passphrases ?? ''}\n`)
    const given = passphrases === null ? [] : ['--passphrase-fd', String(openSync(file, 'r'))]
    const code = await command.run([...args, ...given], {
      line: (text) => void lines.push(text),
      event: (event) => void lines.push(JSON.stringify(event)),
      note: () => {},
      passing: () => {},
      isTerminal: false,
    })
    return { code, out: lines.join('\n'), error: null }
  } catch (error) {
    return { code: null, out: lines.join('\n'), error }
  } finally {
    await rm(secrets, { recursive: true, force: true })
  }
}
