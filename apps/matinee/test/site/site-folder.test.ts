import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseSha256 } from '@matinee/catalogue'
import { SiteFolder } from '../../src/site/site-folder.ts'
import { SiteError, type SiteErrorCode } from '../../src/site/site-error.ts'
import { inTemporaryFolder } from '../publisher/publisher-stage.ts'

const OURS = parseSha256('ab'.repeat(32))
const OTHER = parseSha256('cd'.repeat(32))
assert.ok(OURS !== null && OTHER !== null)
const [ours, other] = [OURS, OTHER]

function files(...names: readonly string[]): ReadonlyMap<string, Uint8Array> {
  return new Map(names.map((name) => [name, new TextEncoder().encode(name)]))
}

async function write(path: string, names: readonly string[], feed = ours): Promise<void> {
  await (await SiteFolder.open(path, feed)).write(files(...names))
}

function refuses(act: Promise<unknown>, code: SiteErrorCode): Promise<void> {
  return assert.rejects(act, (error) => error instanceof SiteError && error.code === code)
}

test('O7: a site is written into a folder that is new, empty or its own, and nowhere else', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'site')
    await write(path, ['index.html', 'work/a.html'])
    await write(path, ['index.html', 'work/a.html'])
    await refuses(write(path, ['index.html'], other), 'other-feed')
    const home = join(root, 'home')
    await mkdir(home)
    await writeFile(join(home, 'thesis.txt'), 'years of work')
    await refuses(write(home, ['index.html']), 'other-folder')
    assert.deepEqual(await readdir(home), ['thesis.txt'])
    await refuses(write(join(home, 'thesis.txt'), ['index.html']), 'other-folder')
    await symlink(home, join(root, 'link'))
    await refuses(write(join(root, 'link'), ['index.html']), 'other-folder')
  })
})

test('O7: what isn’t the site’s is neither written over nor removed, through links neither', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'site')
    const outside = join(root, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'b.html'), 'mine')
    await write(path, ['index.html', 'work/a.html'])
    await writeFile(join(path, 'about.html'), 'mine')
    await refuses(write(path, ['index.html', 'about.html']), 'in-the-way')
    assert.equal(await readFile(join(path, 'about.html'), 'utf8'), 'mine')
    await symlink(outside, join(path, 'films'))
    await refuses(write(path, ['index.html', 'films/b.html']), 'in-the-way')
    await refuses(write(path, ['index.html', 'films/c.html']), 'in-the-way')
    assert.deepEqual(await readdir(outside), ['b.html'])
    // A list that names what lies behind the link removes nothing there.
    const list = JSON.parse(await readFile(join(path, '.matinee-site.json'), 'utf8')) as {
      files: Record<string, string>
    }
    list.files['films/b.html'] = 'ab'.repeat(32)
    await writeFile(join(path, '.matinee-site.json'), JSON.stringify(list))
    await write(path, ['index.html'])
    assert.equal(await readFile(join(outside, 'b.html'), 'utf8'), 'mine')
    assert.deepEqual((await readdir(path)).toSorted(), [
      '.matinee-site.json',
      'about.html',
      'films',
      'index.html',
    ])
  })
})

test('O7: a list of files that leads out of the folder is refused, and nothing is removed', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'site')
    await write(path, ['index.html'])
    await writeFile(join(root, 'precious'), 'mine')
    const place = join(path, '.matinee-site.json')
    const list = JSON.parse(await readFile(place, 'utf8')) as { files: Record<string, string> }
    for (const name of [
      '../precious',
      '/etc/hostname',
      'work/../../precious',
      '.git/config',
      'a//b',
      '',
    ]) {
      await writeFile(place, JSON.stringify({ ...list, files: { [name]: 'ab'.repeat(32) } }))
      await refuses(write(path, []), 'list')
    }
    for (const text of ['', '{}', '[]', '{"type":"matinee-site","version":2}', 'null'])
      await writeFile(place, text).then(() => refuses(write(path, []), 'list'))
    assert.equal(await readFile(join(root, 'precious'), 'utf8'), 'mine')
  })
})

test('a run that was cut short is made good by the next one, which knows every file', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'site')
    await write(path, ['index.html', 'work/a.html'])
    const folder = await SiteFolder.open(path, ours)
    // A folder in the way of the second file stops it in the middle.
    const broken = files('index.html', 'work/b.html', 'work/c.html')
    await mkdir(join(path, 'work/.c.html.new/x'), { recursive: true })
    await assert.rejects(folder.write(broken))
    assert.ok((await readdir(join(path, 'work'))).includes('b.html'))
    assert.ok((await readdir(join(path, 'work'))).includes('a.html'), 'the old page is still there')
    await write(path, ['index.html'])
    assert.deepEqual(await readdir(join(path, 'work')), ['.c.html.new'])
  })
})
