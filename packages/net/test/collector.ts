import type { ByteStream, StreamEvents } from '@matinee/base'

/** Everything that happened on a stream, in order: `bytes`, `drain`, `end`, `failure:<code>`. */
export interface Collector extends StreamEvents {
  readonly events: readonly string[]
  text(): string
  bytes(): number
  /** Resolves with the last event. */
  readonly over: Promise<string>
}

/** Listens to a stream from now on. `onBytes` may act on each arrival. */
export function collect(stream: ByteStream, onBytes?: (bytes: Uint8Array) => void): Collector {
  const events: string[] = []
  const chunks: Uint8Array[] = []
  let length = 0
  const { promise: over, resolve } = Promise.withResolvers<string>()
  const end = (event: string): void => {
    events.push(event)
    resolve(event)
  }
  const collector: Collector = {
    events,
    over,
    text: () => Buffer.concat(chunks).toString('latin1'),
    bytes: () => length,
    onBytes: (bytes) => {
      if (events.at(-1) !== 'bytes') events.push('bytes')
      length += bytes.length
      if (length < 1_000_000) chunks.push(bytes.slice())
      onBytes?.(bytes)
    },
    onDrain: () => events.push('drain'),
    onEnd: () => end('end'),
    onFailure: (error) => end(`failure:${'code' in error ? String(error.code) : error.message}`),
  }
  stream.start(collector)
  return collector
}

/** Waits until something is so; real sockets take their time. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 5000
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
