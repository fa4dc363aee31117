import type { ByteStream, Network, Random, StreamEvents } from '@matinee/base'

/** One write in so many is garbled. */
const ONE_IN = 12

/** A network like the given one, whose connections now and then send something else than was written. */
export function garblingNetwork(network: Network, random: Random): Network {
  return {
    ...network,
    dialer: {
      dial: async (target, options) => {
        return new GarblingStream(await network.dialer.dial(target, options), random)
      },
    },
    listener: {
      listen: (at, onStream) =>
        network.listener.listen(at, (stream) => onStream(new GarblingStream(stream, random))),
    },
  }
}

class GarblingStream implements ByteStream {
  readonly #stream: ByteStream
  readonly #random: Random

  constructor(stream: ByteStream, random: Random) {
    this.#stream = stream
    this.#random = random
  }

  get remote(): ByteStream['remote'] {
    return this.#stream.remote
  }

  get local(): ByteStream['local'] {
    return this.#stream.local
  }

  get bufferedBytes(): number {
    return this.#stream.bufferedBytes
  }

  start(events: StreamEvents): void {
    this.#stream.start(events)
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#random.below(ONE_IN) > 0) return this.#stream.write(chunks)
    return this.#stream.write(garbled(chunks, this.#random))
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  close(): void {
    this.#stream.close()
  }

  destroy(): void {
    this.#stream.destroy()
  }
}

function garbled(chunks: readonly Uint8Array[], random: Random): readonly Uint8Array[] {
  const at = random.below(Math.max(1, chunks.length))
  const chunk = chunks[at] ?? new Uint8Array(0)
  const place = random.below(chunk.length + 1)
  const spoiled = (): readonly Uint8Array[] => {
    switch (random.below(7)) {
      case 0: {
        const out = chunk.slice()
        // Mostly in the beginning, where the fields are.
        const byte = random.below(2) === 0 ? place : random.below(Math.min(20, chunk.length + 1))
        if (byte < out.length) out[byte] = random.below(256)
        return [out]
      }
      case 1:
        return []
      case 2:
        return [chunk, chunk.slice()]
      case 3:
        return [chunk.slice(0, place)]
      case 4:
        return [chunk.slice(0, place), random.bytes(random.below(30)), chunk.slice(place)]
      case 5: {
        const out = chunk.slice()
        out.set(Uint8Array.from([0, 255, 127, 128].slice(random.below(4))).subarray(0, out.length))
        return [out]
      }
      default:
        return [random.bytes(chunk.length)]
    }
  }
  return chunks.flatMap((other, i) => (i === at ? spoiled() : [other]))
}
