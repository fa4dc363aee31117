import { createInterface } from 'node:readline/promises'
import { UsageError } from './command.ts'

/** What a person is asked for what no option said. */
export interface Question {
  /** The option that would have said it, such as `--title`. */
  readonly option: string
  /** On one line, without a mark at its end. */
  readonly text: string
  /** What an empty answer means; `null` = there must be an answer. */
  readonly usual: string | null
  /** Why an answer won't do, or `null`. */
  readonly fault?: (answer: string) => string | null
}

/** Somebody who answers. */
export interface Questions extends Disposable {
  /** The answer without white space around it, or {@link Question.usual}. Throws {@link UsageError} when nobody answers. */
  ask(question: Question): Promise<string>
}

/** On a terminal somebody is asked; elsewhere what must be answered is a mistake of the call. */
export function openQuestions(): Questions {
  return process.stdin.isTTY ? fromTerminal() : nobody()
}

function fromTerminal(): Questions {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const left = Promise.withResolvers<never>()
  left.promise.catch(() => {})
  lines.once('close', () => left.reject(new UsageError('interrupted; nothing was done')))
  return {
    async ask(question) {
      const { text, usual, fault } = question
      const hint = usual === null ? '' : usual === '' ? ' (Enter: none)' : ` (Enter: ${usual})`
      for (;;) {
        const said = (await Promise.race([lines.question(`${text}${hint}: `), left.promise])).trim()
        if (said === '' && usual !== null) return usual
        const why = said === '' ? 'this is needed' : (fault?.(said) ?? null)
        if (why === null) return said
        process.stderr.write(`  ${why}\n`)
      }
    },
    [Symbol.dispose]: () => lines.close(),
  }
}

function nobody(): Questions {
  return {
    ask: ({ option, text, usual }) =>
      usual === null
        ? Promise.reject(new UsageError(`${option} is missing (${text.toLowerCase()})`))
        : Promise.resolve(usual),
    [Symbol.dispose]: () => {},
  }
}
