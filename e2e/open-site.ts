import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { parseRecord } from '@matinee/catalogue'
import { MADE_BOOK, filmToAdd, madeRecord } from '@matinee/testkit'
import { PublisherFolder } from '../apps/matinee/src/publisher/publisher-folder.ts'
import { PASSPHRASE, feed } from './publisher-commands.ts'
import { serveStatic, type StaticServer } from './static-server.ts'

/** A published feed, its site on one server, and its film on another. */
export interface OpenSite extends AsyncDisposable {
  readonly site: StaticServer
  readonly seed: StaticServer
}

/**
 * Publishes the made-up works and a film that exists, and makes their site.
 *
 * @param change is given everything that a publisher writes
 */
export async function openSite(
  change: (value: unknown, key: string) => unknown,
  language: 'en' | 'fr' = 'en',
): Promise<OpenSite> {
  const root = await mkdtemp(join(tmpdir(), 'matinee-site-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(root, { recursive: true, force: true }))
  const path = join(root, 'publisher')
  const name = String(change('Night Reels', 'title'))
  const about = ['--name', name, '--operator', String(change('The Gasworks Cinema', 'title'))]
  await feed(['init', path, ...about], PASSPHRASE)
  const publisher = await PublisherFolder.open(path)
  for (const work of MADE_BOOK.works.filter(({ state }) => state !== 'candidate')) {
    const parsed = parseRecord(utf8Bytes(JSON.stringify(change(madeRecord(work), ''))))
    assert.ok(parsed.kind === 'record')
    const { record } = parsed
    await publisher.putWork({ id: record.id, record, images: new Map() })
  }
  const seed = opened.use(
    await serveStatic({
      folder: () => join(path, 'releases/the-way/main/files'),
      pathOf: (each) => each.replace(/^\/The Way\//u, ''),
    }),
  )
  const subtitles = join(root, 'way.srt')
  await writeFile(subtitles, '1\n00:00:00,000 --> 00:00:09,000\nThe first line\n')
  const film = await filmToAdd('The Way', { folder: root, name: 'film.mp4', durationSeconds: 8 })
  const more = ['--subtitles', `en=${subtitles}`, '--web-seed', seed.url]
  await feed(['add', ...film.args, ...more, '--feed', path])
  await feed(['sign', path], PASSPHRASE)
  await feed(['publish', path])
  const site = opened.use(await serveStatic({ folder: () => join(path, 'site') }))
  await feed(['site', path, '--base-url', site.url, '--language', language])
  const rest = opened.move()
  return { site, seed, [Symbol.asyncDispose]: () => rest.disposeAsync() }
}
