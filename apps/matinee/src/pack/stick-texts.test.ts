import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { LAUNCHER } from './stick-texts.ts'

const run = promisify(execFile)

test('a stick says to its program where it is, and leaves sub-commands alone', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'matinee-launcher-')))
  try {
    const stick = join(folder, 'my stick')
    await mkdir(join(stick, 'runtime'), { recursive: true })
    // In the place of Node: says what it was called with, one argument a line.
    const node = '#!/bin/sh\n[ "$1" = -e ] && exit 0\nfor each; do echo "$each"; done\n'
    await writeFile(join(stick, 'runtime/node'), node, { mode: 0o755 })
    await writeFile(join(stick, 'matinee'), LAUNCHER, { mode: 0o755 })
    await symlink(join(stick, 'matinee'), join(folder, 'link'))
    const own = ['--data', join(stick, 'data'), '--stick', stick]
    const table: [readonly string[], readonly string[]][] = [
      [[], own],
      [
        ['--no-open', '--port', '0'],
        [...own, '--no-open', '--port', '0'],
      ],
      [
        ['--data', '/else where'],
        [...own, '--data', '/else where'],
      ],
      [['--version'], ['--version']],
      [['--help'], ['--help']],
      [['-v'], ['-v']],
      [
        ['seed', '.', '--port', '0'],
        ['seed', '.', '--port', '0'],
      ],
    ]
    for (const program of [join(stick, 'matinee'), join(folder, 'link')])
      for (const [args, given] of table) {
        const { stdout } = await run(program, [...args], { cwd: '/' })
        const [flag, main, ...said] = stdout.trimEnd().split('\n')
        assert.equal(flag, '--max-semi-space-size=2')
        assert.equal(main, join(stick, 'program/apps/matinee/src/main.ts'))
        assert.deepEqual(said, given, args.join(' '))
      }
    await rm(join(stick, 'runtime/node'))
    await assert.rejects(run(join(stick, 'matinee')), /can't run here/u)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
