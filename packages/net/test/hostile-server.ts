import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'

/** A TCP server on loopback that does what a test says, and counts who came. */
export interface HostileServer extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** Connections since the start. */
  connections(): number
  /** Connections open now. */
  open(): number
  /** Everything received, as latin1, one text a connection. */
  received(): readonly string[]
}

/** @param serve is given each connection, with error listeners attached */
export async function hostileServer(
  serve: (socket: Socket, index: number) => void,
  host = '127.0.0.1',
): Promise<HostileServer> {
  const sockets = new Set<Socket>()
  const texts: string[] = []
  const server = createServer((socket) => {
    const index = texts.push('') - 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      texts[index] += chunk.toString('latin1')
    })
    serve(socket, index)
  })
  server.listen(0, host)
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('not listening')
  return {
    host,
    port: bound.port,
    connections: () => texts.length,
    open: () => sockets.size,
    received: () => texts,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A server that answers every request (one or more on a connection) with what `answer` returns. */
export function httpServer(
  answer: (path: string, head: string) => string | Uint8Array,
  host?: string,
): Promise<HostileServer> {
  return hostileServer((socket) => {
    let pending = ''
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      for (;;) {
        const end = pending.indexOf('\r\n\r\n')
        if (end === -1) return
        const head = pending.slice(0, end)
        pending = pending.slice(end + 4)
        socket.write(answer(head.split(' ')[1] ?? '', head))
      }
    })
  }, host)
}

/** A whole answer with a body and its length. */
export function answer(body: string, head = '200 OK', headers = ''): string {
  return `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`
}

/** A redirect to `location`. */
export function redirect(location: string): string {
  return answer('', '302 Found', `Location: ${location}\r\n`)
}
