import type { Screen } from './command.ts'
import { plainJson, plainLine, plainLines } from './plain-text.ts'
import { refusalWords } from './refusal-words.ts'

/** The terminal, or whatever reads our output. */
export function openScreen(): Screen {
  let isPassing = false
  const settle = (): void => {
    if (isPassing) process.stdout.write('\n')
    isPassing = false
  }
  process.stdout.on('error', (error) => {
    // Whoever read us (`head`, a pager) has seen enough.
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`matinee: what is to be said can't be written: ${refusalWords(error)}\n`)
    process.exit(1)
  })
  // Nobody hears it; what is done goes on.
  process.stderr.on('error', () => {})
  return {
    isTerminal: process.stdout.isTTY,
    line(text) {
      settle()
      process.stdout.write(`${plainLines(text)}\n`)
    },
    event(event) {
      process.stdout.write(`${plainJson(event)}\n`)
    },
    note(text) {
      settle()
      process.stderr.write(`${plainLines(text)}\n`)
    },
    passing(text) {
      if (!process.stdout.isTTY) return
      // Back to the line's start, and away with what stood there.
      process.stdout.write(`\r\u001B[K${plainLine(text).slice(0, process.stdout.columns - 1)}`)
      isPassing = true
    },
  }
}
