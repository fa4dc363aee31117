import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** Lines of JSON, one at a time. Throws when the stream ends before the next one. */
export function jsonLines(stream: Readable): () => Promise<unknown> {
  const lines = createInterface(stream)[Symbol.asyncIterator]()
  return async () => {
    const line = await lines.next()
    if (line.done === true) throw new Error('the other end has gone')
    return JSON.parse(line.value) as unknown
  }
}

/** Writes a line of JSON to standard output. */
export function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
