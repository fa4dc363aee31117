/**
 * Bytes as a response body: nothing is read before the client has taken what went before, and a client that
 * leaves ends the reading at once.
 */
export function mediaBody(bytes: AsyncIterable<Uint8Array>, lengthBytes: number): ReadableStream {
  const iterator = bytes[Symbol.asyncIterator]()
  let sent = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next()
        if (next.done !== true) {
          sent += next.value.length
          controller.enqueue(next.value)
        }
        if (sent > lengthBytes || (next.done === true && sent < lengthBytes)) {
          controller.error(new Error(`a body of ${lengthBytes} bytes had ${sent}`))
        } else if (next.done === true || sent === lengthBytes) {
          controller.close()
          await iterator.return?.()
        }
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
