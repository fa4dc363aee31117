import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../apps/matinee/src/main.ts', import.meta.url))
/** Longer waits only a viewer that doesn't end. */
const PATIENCE_MS = 20_000

interface Viewer {
  readonly url: string
  readonly launchUrl: string
  readonly stop: (signal: NodeJS.Signals) => Promise<{ readonly code: number }>
}

/** `matinee` with these arguments, in a data folder of its own that is gone afterwards. */
async function withViewer(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  run: (viewer: Viewer, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  const child = spawn(
    process.execPath,
    [MAIN, '--json', '--port', '0', '--data', join(folder, 'data'), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } },
  )
  try {
    const [first] = (await once(child.stdout, 'data')) as [Buffer]
    const { event, ...urls } = JSON.parse(String(first)) as {
      event: string
      url: string
      launchUrl: string
    }
    assert.equal(event, 'ready')
    const stop: Viewer['stop'] = async (signal) => {
      child.kill(signal)
      const patience = AbortSignal.timeout(PATIENCE_MS)
      const [code] = (await once(child, 'exit', { signal: patience })) as [number]
      return { code }
    }
    await run({ ...urls, stop }, folder)
  } finally {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

test('A17: a second start with the same data folder leaves it alone and says where the first is', async () => {
  await withViewer(['--no-open'], {}, async (viewer, folder) => {
    const data = join(folder, 'data')
    const second = spawn(process.execPath, [MAIN, '--no-open', '--port', '0', '--data', data], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    second.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    const [code] = (await once(second, 'close')) as [number]
    assert.equal(code, 0)
    assert.ok(
      said.startsWith(`matinee: Matinee runs already on this computer: ${viewer.url}. `),
      said,
    )
    assert.equal((await viewer.stop('SIGKILL')).code, null)
    // A viewer that was killed holds nothing.
    const third = spawn(
      process.execPath,
      [MAIN, '--no-open', '--json', '--port', '0', '--data', data],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [ready] = (await once(third.stdout, 'data')) as [Buffer]
    assert.match(String(ready), /"event":"ready"/u)
    third.kill('SIGTERM')
    await once(third, 'exit')
  })
})

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`the viewer serves its page, and ends cleanly at ${signal}`, async () => {
    await withViewer(['--no-open'], {}, async (viewer) => {
      assert.ok(viewer.launchUrl.startsWith(`${viewer.url}#`))
      const page = await fetch(viewer.url)
      assert.equal(page.status, 200)
      await page.body?.cancel()
      assert.equal((await viewer.stop(signal)).code, 0)
    })
  })

test('a port that is taken is said in one line', async () => {
  await withViewer(['--no-open'], {}, async ({ url }) => {
    const port = new URL(url).port
    const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
    const second = spawn(process.execPath, [MAIN, '--port', port, '--data', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    second.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    const [code] = (await once(second, 'close')) as [number]
    assert.equal(code, 1)
    assert.equal(said, `matinee: port ${port} is taken; name another with --port\n`)
    await rm(folder, { recursive: true, force: true })
  })
})

test('the code that lets a browser in never stands on a command line', async () => {
  const tools = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  const asked = join(tools, 'asked')
  await writeFile(join(tools, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$*" > '${asked}'\n`)
  await chmod(join(tools, 'xdg-open'), 0o755)
  const environment = { DISPLAY: ':99', PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` }
  try {
    await withViewer([], environment, async ({ url, stop }, folder) => {
      let page = ''
      for (let tries = 0; page === '' && tries < 100; tries++) {
        await sleep(20)
        page = await readFile(asked, 'utf8').catch(() => '')
      }
      assert.equal(page, join(folder, 'data', 'open-matinee.html'))
      assert.equal((await stat(page)).mode & 0o777, 0o600)
      assert.ok((await readFile(page, 'utf8')).includes(`url=${url}#launch=`))
      assert.equal((await stop('SIGTERM')).code, 0)
      await assert.rejects(stat(page), 'the page goes with the viewer')
    })
  } finally {
    await rm(tools, { recursive: true, force: true })
  }
})
