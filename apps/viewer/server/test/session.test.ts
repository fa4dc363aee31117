import { paths } from '#api'
import { openLog } from '@matinee/viewer'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { chmod, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { openTestViewer } from './open-test-viewer.ts'

function codeOf(launchUrl: string): string {
  return new URL(launchUrl).hash.replace('#launch=', '')
}

test('W11: a launch code lets one page in, once', async () => {
  await using viewer = await openTestViewer()
  const body = JSON.stringify({ code: codeOf(viewer.server.launchUrl) })
  assert.equal((await viewer.ask('POST', paths.session, '', body)).status, 200)
  const again = await viewer.ask('POST', paths.session, '', body)
  assert.equal(again.status, 403)
  assert.match(again.text, /"launch-code"/u)
  assert.doesNotMatch(again.text, /token/u)
})

test('W11: a code that was never given out lets nobody in', async () => {
  await using viewer = await openTestViewer()
  for (const code of ['', 'A'.repeat(22), codeOf(viewer.server.launchUrl).toLowerCase()])
    assert.equal(
      (await viewer.ask('POST', paths.session, '', JSON.stringify({ code }))).status,
      403,
      code,
    )
  for (const body of ['', '{', '[]', '{"code":1}', JSON.stringify({ code: 'A'.repeat(9999) })])
    assert.equal((await viewer.ask('POST', paths.session, '', body)).status, 400, body)
})

test('W11: codes and tokens carry 128 bits, and the code stands in the fragment only', async () => {
  await using viewer = await openTestViewer()
  const url = new URL(viewer.server.launchUrl)
  assert.equal(url.search, '')
  assert.equal(url.pathname, '/')
  assert.equal(Buffer.from(codeOf(url.href), 'base64url').length, 16)
  assert.equal(Buffer.from(await viewer.letIn(), 'base64url').length, 16)
})

test('W11: a revoked token is worthless, and another browser keeps its own', async () => {
  await using viewer = await openTestViewer()
  const [one, other] = [await viewer.letIn(), await viewer.letIn()]
  assert.equal((await viewer.ask('DELETE', paths.session, one, '{}')).status, 200)
  assert.equal((await viewer.ask('GET', paths.works, one)).status, 401)
  assert.equal((await viewer.ask('GET', paths.works, other)).status, 200)
})

test('a token survives a restart, and a revoked one stays dead', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-viewer-'))
  const first = await openTestViewer({ folder })
  const [kept, revoked] = [await first.letIn(), await first.letIn()]
  await first.ask('DELETE', paths.session, revoked, '{}')
  await first.server.close()
  await using second = await openTestViewer({ folder })
  assert.equal((await second.ask('GET', paths.works, kept)).status, 200)
  assert.equal((await second.ask('GET', paths.works, revoked)).status, 401)
})

test('W11: the disk and the log hold neither token nor code', async () => {
  const lines: string[] = []
  await using viewer = await openTestViewer({ log: openLog('debug', (line) => lines.push(line)) })
  const code = codeOf(viewer.server.launchUrl)
  const token = await viewer.letIn()
  await viewer.ask('POST', paths.session, '', JSON.stringify({ code }))
  for (const name of await readdir(viewer.dataFolder)) {
    const text = await readFile(join(viewer.dataFolder, name), 'utf8')
    assert.equal(text.includes(token), false)
    assert.equal(text.includes(code), false)
  }
  assert.equal(lines.join('').includes(token) || lines.join('').includes(code), false)
})

test('L7: the data folder is 0700 and the sessions file 0600, also when the folder was open before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-viewer-'))
  await mkdir(join(folder, 'data'), { mode: 0o755 })
  await chmod(join(folder, 'data'), 0o755)
  await using viewer = await openTestViewer({ folder })
  await viewer.letIn()
  assert.equal((await stat(viewer.dataFolder)).mode & 0o777, 0o700)
  const names = await readdir(viewer.dataFolder)
  assert.deepEqual(names.toSorted(), ['viewer-address.txt', 'viewer-sessions.json', 'viewer.lock'])
  for (const name of names)
    assert.equal((await stat(join(viewer.dataFolder, name))).mode & 0o777, 0o600, name)
})
