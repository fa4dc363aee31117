import { test } from 'node:test'
import assert from 'node:assert/strict'
import { PAGE_SHELL, openTestViewer } from './open-test-viewer.ts'
import { rawRequest } from './raw-client.ts'

const DESIGNED_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

test('W4: no answer may be framed', async () => {
  await using viewer = await openTestViewer()
  for (const path of ['/', '/work/x', '/api/health', '/assets/main-1a2b3c.js', '/nothing']) {
    const { headers } = await viewer.ask('GET', path, '')
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/u, path)
    assert.equal(headers.get('x-frame-options'), 'DENY')
  }
})

test('W3: whatever a stranger asks, no answer opens itself to other origins', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const { mediaPath } = await viewer.openFilm(token)
  for (const path of ['/', '/api/health', '/api/works', mediaPath, `${mediaPath}9`, '/nothing'])
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST']) {
      const { headers } = await rawRequest(viewer.port, `${method} ${path}`, [
        ['Host', `127.0.0.1:${viewer.port}`],
        ['Origin', 'https://evil.example'],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Private-Network', 'true'],
      ])
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', `${method} ${path}`)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
      for (const name of headers.keys()) assert.doesNotMatch(name, /^access-control/u)
    }
})

test('the shell carries the designed policy, is the same everywhere, and holds no secret', async () => {
  await using viewer = await openTestViewer()
  for (const path of ['/', '/work/test-film', '/work/never-heard-of']) {
    const answer = await viewer.ask('GET', path, '')
    assert.equal(answer.status, 200)
    assert.equal(answer.text, PAGE_SHELL)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.ok(policy.startsWith(DESIGNED_POLICY), policy)
  }
})

test('W5: only the worker that draws may run WebAssembly, and it loads no script and talks to this server alone', async () => {
  await using viewer = await openTestViewer()
  const policyOf = async (name: string): Promise<string> =>
    (await viewer.ask('GET', `/assets/${name}`, '')).headers.get('content-security-policy') ?? ''
  const drawing = await policyOf('draw-worker-1a2b3c.js')
  const directives = new Map(
    drawing.split('; ').map((each): [string, string] => {
      const [name = '', ...sources] = each.split(' ')
      return [name, sources.join(' ')]
    }),
  )
  assert.equal(directives.get('default-src'), "'none'")
  assert.equal(directives.get('script-src'), "'wasm-unsafe-eval'")
  assert.equal(directives.get('connect-src'), "'self'")
  assert.doesNotMatch(await policyOf('main-1a2b3c.js'), /wasm|script-src/u)
  const page = (await viewer.ask('GET', '/', '')).headers.get('content-security-policy') ?? ''
  assert.match(page, /script-src 'self';/u)
  assert.doesNotMatch(page, /wasm/u)
})

test('only files of the build with a listed type are served, for ever', async () => {
  await using viewer = await openTestViewer()
  const script = await viewer.ask('GET', '/assets/main-1a2b3c.js', '')
  assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.match(script.headers.get('cache-control') ?? '', /immutable/u)
  for (const path of [
    '/assets/notes.txt',
    '/assets/../index.html',
    '/assets/%2e%2e%2findex.html',
    '/index.html',
    '/data',
  ])
    assert.equal((await viewer.ask('GET', path, '')).status, 404, path)
})

test('a mistyped address is answered with a page and 404, anything else that is not there with 404 alone', async () => {
  await using viewer = await openTestViewer()
  const ask = async (path: string, mode: string) =>
    rawRequest(viewer.port, `GET ${path}`, [
      ['Host', `127.0.0.1:${viewer.port}`],
      ['Sec-Fetch-Mode', mode],
    ])
  const page = await ask('/nowhere/at/all', 'navigate')
  assert.equal(page.status, 404)
  assert.equal(page.text, PAGE_SHELL)
  for (const [path, mode] of [
    ['/nowhere', 'cors'],
    ['/api/nowhere', 'navigate'],
    ['/media/nowhere', 'navigate'],
    ['/assets/nowhere', 'navigate'],
    ['/nowhere.php', 'navigate'],
  ] as const) {
    const answer = await ask(path, mode)
    assert.ok(answer.status >= 400, path)
    assert.notEqual(answer.text, PAGE_SHELL, path)
  }
})
