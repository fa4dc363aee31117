/** The viewer's API as a page that was let in uses it. */
export interface LetInPage {
  /** Without a slash at the end. */
  readonly origin: string
  /** Asks as our own page would; GET when no method is said. */
  readonly ask: (path: string, method?: string, body?: object) => Promise<Response>
  /** What was answered, parsed. Throws an Error that names the path unless the answer is a good one. */
  readonly askJson: (path: string, method?: string, body?: object) => Promise<unknown>
  /** The whole of a file that is served. Throws the signal's reason. */
  readonly bytesOf: (path: string, signal?: AbortSignal) => Promise<Uint8Array>
}

/** Trades a launch address for a token, as a page does that is opened by it. Throws when it was used before. */
export async function letIn(launchUrl: string): Promise<LetInPage> {
  const { origin, hash } = new URL(launchUrl)
  const headers: Record<string, string> = { origin, 'content-type': 'application/json' }
  const page: LetInPage = {
    origin,
    ask: (path, method = 'GET', body) =>
      fetch(origin + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    askJson: async (path, method = 'GET', body) => {
      const response = await page.ask(path, method, body)
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
      return response.json().catch(() => null)
    },
    bytesOf: async (path, signal) =>
      new Uint8Array(
        await (await fetch(origin + path, signal === undefined ? {} : { signal })).arrayBuffer(),
      ),
  }
  const code = hash.replace('#launch=', '')
  const { token } = (await page.askJson('/api/session', 'POST', { code })) as { token: string }
  headers['authorization'] = `Bearer ${token}`
  return page
}
