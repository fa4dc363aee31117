import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { programParts } from './program-parts.ts'

const LOCK = {
  packages: {
    '': { name: 'matinee' },
    'apps/viewer': { name: '@matinee/viewer' },
    'node_modules/@matinee/viewer': { resolved: 'apps/viewer', link: true },
    'node_modules/hono': { version: '1.0.0' },
    'node_modules/hono/node_modules/inner': { version: '1.0.0' },
    'node_modules/typescript': { version: '7.0.0', dev: true },
    'node_modules/of-another-platform': { version: '1.0.0', optional: true },
  },
}

test('a program takes along what it runs with, and nothing that only makes it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'matinee-parts-'))
  try {
    const put = async (path: string, text: string): Promise<void> => {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
    await put('package-lock.json', JSON.stringify(LOCK))
    await put('apps/viewer/main.ts', '')
    await assert.rejects(programParts(root), { code: 'pages' })
    await put('apps/viewer/web/dist/index.html', '')
    await assert.rejects(programParts(root), { code: 'packages' })
    await put('node_modules/hono/node_modules/inner/index.js', '')
    await put('node_modules/typescript/tsc.js', '')
    const { parts, links } = await programParts(root)
    assert.deepEqual(
      parts.map(({ path, kind }) => `${kind} ${path}`),
      [
        'file apps/viewer/main.ts',
        'file package-lock.json',
        'folder apps/viewer/web/dist',
        'folder node_modules/hono',
      ],
    )
    assert.deepEqual(links, [{ path: 'node_modules/@matinee/viewer', target: 'apps/viewer' }])
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})
