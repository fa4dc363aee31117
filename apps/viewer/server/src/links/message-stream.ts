import { messageOf } from '@matinee/base'
import type { Duplex } from 'node:stream'
import type { ZodMiniType, output } from 'zod/mini'
import { LinkError } from './link-error.ts'

const HEAD_BYTES = 4

/** JSON in both directions over a connection that was proved: four bytes of length (big-endian), then the text. */
export class MessageStream {
  readonly #connection: Duplex
  #held: Buffer[] = []
  #heldBytes = 0
  #isOver = false
  #wake: () => void = () => undefined

  constructor(connection: Duplex) {
    this.#connection = connection
    connection.on('data', (chunk: Buffer) => {
      this.#held.push(chunk)
      this.#heldBytes += chunk.length
      // Nothing is taken in that nobody has asked for.
      connection.pause()
      this.#wake()
    })
    const over = (): void => {
      this.#isOver = true
      this.#wake()
    }
    connection.on('end', over).on('close', over).on('error', over)
    connection.pause()
  }

  /** Says something; it leaves when it can. */
  send(message: object): void {
    this.sendBytes(Buffer.from(JSON.stringify(message)))
  }

  /** Says what is JSON already (UTF-8). */
  sendBytes(text: Uint8Array): void {
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt32BE(text.length)
    this.#connection.write(Buffer.concat([head, text]))
  }

  /** What the other says next. Throws {@link LinkError} `broken`, `too-large`, and `other-version` for what isn't as `schema` has it. */
  async read<Schema extends ZodMiniType>(
    schema: Schema,
    maxBytes: number,
  ): Promise<output<Schema>> {
    const bytes = await this.readBytes(maxBytes)
    let value: unknown
    try {
      value = JSON.parse(bytes.toString('utf8'))
    } catch (cause) {
      throw new LinkError('other-version', `no message: ${messageOf(cause)}`)
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success) throw new LinkError('other-version', 'a message of no known form')
    return parsed.data
  }

  /** What the other says next, not looked into. Throws {@link LinkError} `broken` and `too-large`. */
  async readBytes(maxBytes: number): Promise<Buffer> {
    const bytes = (await this.#take(HEAD_BYTES)).readUInt32BE()
    if (bytes > maxBytes) throw new LinkError('too-large', `${bytes} bytes, ${maxBytes} may be`)
    return this.#take(bytes)
  }

  /** Sends what is left, then ends. */
  end(): void {
    this.#connection.resume()
    this.#connection.end()
  }

  async #take(bytes: number): Promise<Buffer> {
    while (this.#heldBytes < bytes) {
      if (this.#isOver) throw new LinkError('broken', 'the connection ended')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        this.#connection.resume()
      })
    }
    const all = Buffer.concat(this.#held)
    this.#held = all.length === bytes ? [] : [all.subarray(bytes)]
    this.#heldBytes = all.length - bytes
    return all.subarray(0, bytes)
  }
}
