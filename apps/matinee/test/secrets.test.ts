import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** What every user of this computer may read of every program on it. */
function commandLines(): string {
  const texts: string[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue
    try {
      texts.push(readFileSync(`/proc/${name}/cmdline`, 'latin1'))
    } catch {
      // It has ended meanwhile.
    }
  }
  return texts.join('\n')
}

test(
  'W9: no command line, no log and no file of others shows what lets a browser in',
  { skip: process.platform === 'linux' ? false : 'command lines are read in /proc' },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
    const dataFolder = join(folder, 'data')
    // A browser that says what it was given, and stays for a moment as browsers do.
    const browser = join(folder, 'xdg-open')
    await writeFile(
      browser,
      '#!/bin/sh\nprintf "%s" "$1" > "$0.given.new"\nmv "$0.given.new" "$0.given"\nsleep 3\n',
    )
    await chmod(browser, 0o755)
    const child = spawn(process.execPath, [MAIN, '--json', '--port', '0', '--data', dataFolder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DISPLAY: ':99',
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    try {
      const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
      assert.ok(line.done !== true, said)
      const { url, launchUrl } = JSON.parse(line.value) as { url: string; launchUrl: string }
      let given = ''
      for (let tries = 0; given === '' && tries < 500; tries++) {
        given = await readFile(`${browser}.given`, 'utf8').catch(() => '')
        if (given === '') await new Promise((resolve) => setTimeout(resolve, 20))
      }
      assert.equal(given, join(dataFolder, 'open-matinee.html'))
      assert.equal((await stat(given)).mode & 0o777, 0o600)
      assert.equal((await stat(dataFolder)).mode & 0o777, 0o700)
      const code = new URL(launchUrl).hash.replace('#launch=', '')
      const page = await readFile(given, 'utf8')
      const givenCode = /#launch=([\w-]{22})"/u.exec(page)?.[1] ?? ''
      assert.match(code, /^[\w-]{22}$/u)
      assert.match(givenCode, /^[\w-]{22}$/u)
      const answer = await fetch(new URL('api/session', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(url).origin },
        body: JSON.stringify({ code }),
      })
      const { token } = (await answer.json()) as { token: string }
      assert.match(token, /^[\w-]{22}$/u)
      const headers = { authorization: `Bearer ${token}` }
      assert.equal((await fetch(new URL('api/works', url), { headers })).status, 200)
      const shown = commandLines()
      assert.ok(shown.includes(dataFolder), 'the command line of the program itself was read')
      for (const secret of [code, givenCode, token]) {
        assert.equal(shown.includes(secret), false, 'a command line shows it')
        assert.equal(said.includes(secret), false, 'the log shows it')
      }
      for (const name of await readdir(dataFolder, { recursive: true })) {
        const path = join(dataFolder, name)
        const entry = await stat(path)
        if (!entry.isFile() || path === given) continue
        const bytes = await readFile(path, 'latin1')
        for (const secret of [code, givenCode, token])
          assert.equal(bytes.includes(secret), false, `${name} holds it`)
      }
      child.kill('SIGINT')
      await once(child, 'exit')
      await assert.rejects(stat(given), { code: 'ENOENT' }, 'the page goes with the program')
    } finally {
      child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
)
