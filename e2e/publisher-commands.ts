import assert from 'node:assert/strict'
import { openSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { feedCommand } from '../apps/matinee/src/commands/feed.ts'

/** Of the publisher's only key. */
export const PASSPHRASE = 'six words nobody would ever guess'

/**
 * Runs `matinee feed …` in this process, which must end well. Resolves with what it said.
 *
 * @param passphrase null = it takes none
 */
export async function feed(
  args: readonly string[],
  passphrase: string | null = null,
): Promise<string> {
  const lines: string[] = []
  const screen = {
    line: (text: string) => lines.push(text),
    event: (event: Readonly<Record<string, unknown>>) => lines.push(JSON.stringify(event)),
    note: () => {},
    passing: () => {},
    isTerminal: false,
  }
  const secrets = await mkdtemp(join(tmpdir(), 'matinee-passphrases-'))
  try {
    const file = join(secrets, 'passphrases')
    writeFileSync(file, `${passphrase ?? ''}\n`)
    const given = passphrase === null ? [] : ['--passphrase-fd', String(openSync(file, 'r'))]
    assert.equal(await feedCommand.run([...args, ...given], screen), 0, args.join(' '))
    return lines.join('\n')
  } finally {
    await rm(secrets, { recursive: true, force: true })
  }
}
