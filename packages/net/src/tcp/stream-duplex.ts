import { Duplex } from 'node:stream'
import type { ByteStream } from '@matinee/base'

/** A {@link ByteStream}, started, as Node's own kind of stream. It ends and breaks with it; destroying one destroys the other. */
export function streamDuplex(stream: ByteStream): Duplex {
  let drained: (() => void) | null = null
  let isOver = false
  const goOn = (): void => {
    const waiting = drained
    drained = null
    waiting?.()
  }
  const duplex = new Duplex({
    read: () => stream.resume(),
    write(chunk: Uint8Array, _encoding, done) {
      // The other side has ended: what's written goes nowhere, and nobody waits for it.
      if (stream.write([chunk]) || isOver) done()
      else drained = done
    },
    final(done) {
      stream.close()
      done()
    },
    destroy(error, done) {
      stream.destroy()
      done(error)
    },
  })
  // Whoever holds it may be between two listeners when it breaks.
  duplex.on('error', () => undefined)
  stream.start({
    onBytes: (bytes) => {
      if (!duplex.push(bytes.slice())) stream.pause()
    },
    onDrain: goOn,
    onEnd: () => {
      isOver = true
      if (!duplex.destroyed) duplex.push(null)
      goOn()
    },
    onFailure: (error) => void duplex.destroy(error),
  })
  return duplex
}
