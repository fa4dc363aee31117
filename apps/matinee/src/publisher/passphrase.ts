import { closeSync, readSync } from 'node:fs'
import { on } from 'node:events'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { UsageError } from '../command.ts'

/** Where passphrases come from: a terminal, or a file descriptor that a script opened. Never an argument, never the environment. */
export interface Passphrases {
  /** The passphrase of a key that is there. */
  ask(key: string): Promise<string>
  /** One for a new key: twice on a terminal. */
  askNew(key: string): Promise<string>
}

/** More than any passphrase, and no file by mistake. */
const MOST_BYTES = 64 * 1024

/** What `--passphrase-fd` names. Throws {@link UsageError}. */
export function openPassphrases(fdText: string | undefined): Passphrases {
  if (fdText === undefined) return fromTerminal()
  const fd = /^\d{1,5}$/u.test(fdText) ? Number(fdText) : -1
  // 1 and 2 are for writing; whoever means 0 pipes into us.
  if (fd < 0 || fd === 1 || fd === 2)
    throw new UsageError(`--passphrase-fd ${fdText} is no file descriptor to read from`)
  return fromLines(readLines(fd))
}

/** One line for each key in the order in which they're asked for; the last one serves all that follow. */
function fromLines(lines: readonly string[]): Passphrases {
  let next = 0
  const take = (): Promise<string> => {
    const line = lines[Math.min(next, lines.length - 1)] ?? ''
    next++
    return Promise.resolve(line)
  }
  return { ask: take, askNew: take }
}

function readLines(fd: number): readonly string[] {
  const chunk = Buffer.alloc(MOST_BYTES)
  let length = 0
  try {
    for (;;) {
      const count = readSync(fd, chunk, length, chunk.length - length, null)
      if (count === 0) break
      length += count
      if (length === chunk.length) throw new UsageError(`--passphrase-fd ${fd} has no end`)
    }
    if (fd > 2) closeSync(fd)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--passphrase-fd ${fd} can't be read: is it open?`, { cause: error })
  }
  const text = chunk.toString('utf8', 0, length)
  chunk.fill(0)
  const lines = text.replace(/\r?\n$/u, '').split(/\r?\n/u)
  if (lines.includes('')) throw new UsageError(`--passphrase-fd ${fd} has an empty line`)
  return lines
}

function fromTerminal(): Passphrases {
  return {
    ask: (key) => onSilentTerminal((question) => question(`passphrase of the key ${key}: `)),
    askNew: (key) =>
      onSilentTerminal(async (question) => {
        const first = await question(`new passphrase for the key ${key}: `)
        const second = await question('the same again: ')
        if (first !== second) throw new UsageError('the two passphrases differ; nothing was done')
        return first
      }),
  }
}

/** Asks questions of a terminal that shows none of the answers. */
async function onSilentTerminal(
  ask: (question: (text: string) => Promise<string>) => Promise<string>,
): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError(
      'a passphrase is needed and there is no terminal to ask on: give --passphrase-fd N',
    )
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  // NOTE: before any question: from here on the terminal shows what `output` writes, which is nothing, however early somebody types.
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 })
  const left = Promise.withResolvers<never>()
  lines.once('SIGINT', () => left.reject(new UsageError('interrupted; nothing was done')))
  lines.once('close', () => left.reject(new UsageError('no passphrase was given')))
  // Whoever types early has answered the next question.
  const answers = on(lines, 'line')
  try {
    return await ask(async (text) => {
      process.stderr.write(text)
      const { value } = (await Promise.race([answers.next(), left.promise])) as {
        readonly value: readonly string[]
      }
      process.stderr.write('\n')
      return value[0] ?? ''
    })
  } finally {
    lines.close()
  }
}
