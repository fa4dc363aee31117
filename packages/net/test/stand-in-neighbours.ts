import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { mock } from 'node:test'

/**
 * Lets visitors on loopback pass for strangers, below the code under test: who connects from
 * 127.1.2.3 (Linux gives every machine that whole network) seems to come from 9.1.2.3.
 */
export function standInNeighbours(): Disposable {
  const original = net.createServer
  const replacement = (options: net.ServerOpts): net.Server => {
    const server = original(options)
    server.on('connection', (socket) => {
      const value = socket.remoteAddress?.replace(/^127\.(?!0\.)/u, '9.')
      Object.defineProperty(socket, 'remoteAddress', { value })
    })
    return server
  }
  const mocked = mock.method(net, 'createServer', replacement)
  // Makes the replacement visible to `import { createServer } from 'node:net'`.
  syncBuiltinESMExports()
  return {
    [Symbol.dispose]: () => {
      mocked.mock.restore()
      syncBuiltinESMExports()
    },
  }
}
