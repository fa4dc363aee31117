import { createServer } from 'node:http'
import { once } from 'node:events'

/** A web page of somebody else, on this computer: the same site as ours, another origin. */
export interface Stranger extends AsyncDisposable {
  /** Of a page with this body; its scripts run without any policy. */
  page(body: string): string
}

/** @param host by which the browser calls it: `127.0.0.1` or `localhost` */
export async function openStranger(host: string): Promise<Stranger> {
  const bodies = new Map<string, string>()
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>stranger</title>${bodies.get(request.url ?? '') ?? ''}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    page(body) {
      const path = `/${bodies.size}`
      bodies.set(path, body)
      return `http://${host}:${port}${path}`
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
