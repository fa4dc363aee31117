import assert from 'node:assert/strict'
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readRaster } from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { BencodeDictionary, decodeBencode, parseMetainfo } from '@matinee/protocol'
import {
  bookRecords,
  filesIn,
  inTemporaryFolder,
  plainly,
  putWorks,
  release,
  well,
} from '../publisher/publisher-stage.ts'
import { BASE_URL, WEB_SEED, publishSite, site } from './site-stage.ts'
import {
  catalogShape,
  manifestShape,
  metaShape,
  streamsShape,
  subtitlesShape,
} from './stremio-shapes.ts'

async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await filesIn(folder)
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => [
        name,
        await readFile(join(folder, name), 'latin1'),
      ]),
    ),
  )
}

async function json(folder: string, path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, path), 'utf8'))
}

test('O6: a site shows what is free everywhere, says what it leaves out, and lets go of what was withdrawn', async () => {
  await inTemporaryFolder(async (root) => {
    const path = await publishSite(root)
    const out = join(root, 'out')
    const first = await site(path, out, '--base-url', BASE_URL)
    assert.match(first.out, /left out {2}city-of-pendulums: free in United States only/u)
    const before = await contents(out)
    assert.ok(![...before].some(([name, text]) => `${name}${text}`.includes('city-of-pendulums')))
    assert.ok(before.has('work/the-way.html') && before.has('work/the-salt-clock.html'))
    await writeFile(join(out, 'own.html'), 'not the site’s')
    await writeFile(join(out, 'work/own.html'), 'neither')

    await plainly(['revoke', path, 'the-way', '--reason', 'maker', '--effect', 'delisted'])
    await release(path)
    const { out: said } = await site(path, out, '--base-url', BASE_URL)
    assert.match(said, /left out {2}the-way: withdrawn on \d{4}-\d\d-\d\d \(delisted, maker\)/u)
    const after = await contents(out)
    assert.ok(![...after.keys()].some((name) => /the-way|^torrents/u.test(name)))
    assert.ok(![...after.values()].some((text) => text.includes('the-way')))
    assert.equal(after.get('own.html'), before.get('own.html') ?? 'not the site\u00e2\u0080\u0099s')
    assert.equal(after.get('work/own.html'), 'neither')
  })
})

test('a site of the same feed has the same bytes, and what didn’t change isn’t written again', async () => {
  await inTemporaryFolder(async (root) => {
    const path = await publishSite(root)
    const [one, two] = [join(root, 'one'), join(root, 'two')]
    await site(path, one, '--base-url', BASE_URL)
    await site(path, two, '--base-url', BASE_URL)
    assert.deepEqual(await contents(one), await contents(two))
    const index = join(one, 'index.html')
    const { mtimeMs, ino } = await stat(index)
    const again = await site(path, one, '--base-url', BASE_URL, '--json')
    const { written, removed } = JSON.parse(again.out) as Record<string, unknown>
    assert.deepEqual([written, removed], [0, 0])
    assert.deepEqual([(await stat(index)).mtimeMs, (await stat(index)).ino], [mtimeMs, ino])
    // What somebody changed or lost is made good.
    await writeFile(index, 'mine')
    await rm(join(one, 'feed.xml'))
    await site(path, one, '--base-url', BASE_URL)
    assert.deepEqual(await contents(one), await contents(two))
    const hidden = (await readdir(one, { recursive: true })).filter((name) => name.endsWith('.new'))
    assert.deepEqual(hidden, [])
  })
})

test('the folder is an add-on of Stremio: every answer has the protocol’s shape, and leads somewhere', async () => {
  await inTemporaryFolder(async (root) => {
    const path = await publishSite(root)
    const out = join(root, 'out')
    await site(path, out, '--base-url', BASE_URL)
    const manifest = manifestShape.parse(await json(out, 'manifest.json'))
    const [prefix = ''] = manifest.idPrefixes
    for (const { type, id: catalogue } of manifest.catalogs) {
      const { metas } = catalogShape.parse(await json(out, `catalog/${type}/${catalogue}.json`))
      assert.ok(metas.length > 0)
      catalogShape.parse(await json(out, `catalog/${type}/${catalogue}/skip=100.json`))
      for (const { id, poster, type: own } of metas) {
        assert.ok(id.startsWith(prefix) && encodeURIComponent(id) === id && own === type)
        const image = new Uint8Array(await readFile(join(out, poster.slice(BASE_URL.length))))
        assert.equal(readRaster(image, 'image/png').kind, 'raster')
        const { meta } = metaShape.parse(await json(out, `meta/${type}/${id}.json`))
        assert.equal(meta.videos !== undefined, type === 'series')
        for (const video of meta.videos?.map((each) => each.id) ?? [id]) {
          streamsShape.parse(await json(out, `stream/${type}/${video}.json`))
          subtitlesShape.parse(await json(out, `subtitles/${type}/${video}.json`))
        }
      }
    }
    const { streams } = streamsShape.parse(await json(out, `stream/movie/${prefix}the-way.json`))
    const [web, swarm] = streams
    assert.ok(web !== undefined && 'url' in web && swarm !== undefined && 'infoHash' in swarm)
    assert.equal(web.url, `${WEB_SEED}The%20Way/the-way.mp4`)
    assert.equal(web.behaviorHints.notWebReady, false)
    const torrent = new Uint8Array(await readFile(join(out, `torrents/${swarm.infoHash}.torrent`)))
    const metainfo = parseMetainfo(torrent, systemHash())
    assert.equal(metainfo.kind, 'v1')
    const info = decodeBencode(metainfo.infoBytes)
    assert.ok(info instanceof BencodeDictionary)
    const file = info.list('files')?.[swarm.fileIdx ?? -1]
    assert.ok(file instanceof BencodeDictionary)
    assert.deepEqual(
      file.list('path')?.map((part) => new TextDecoder().decode(part as Uint8Array)),
      ['the-way.mp4'],
    )
    const [track] = web.subtitles
    const vtt = await readFile(join(out, track?.url.slice(BASE_URL.length) ?? ''), 'utf8')
    assert.match(vtt, /^WEBVTT[^]*The first line/u)
  })
})

test('C11: subtitles and torrents that aren’t what was signed aren’t on the site', async () => {
  await inTemporaryFolder(async (root) => {
    const path = await publishSite(root)
    const place = join(path, 'releases/the-way/main')
    const subtitles = join(place, 'files/the-way.en.vtt')
    const text = await readFile(subtitles, 'utf8')
    await writeFile(subtitles, text.replace('first', 'other'))
    await writeFile(join(place, 'v1.torrent'), await readFile(join(place, 'hybrid.torrent')))
    const out = join(root, 'out')
    const { out: said } = await site(path, out, '--base-url', BASE_URL, '--json')
    const { leftOut } = JSON.parse(said) as { leftOut: readonly { what: string; why: string }[] }
    const missing = leftOut.filter(({ what }) => what === 'the-way/main')
    assert.deepEqual(
      missing.map(({ why }) => why),
      ['subtitles aren’t here as they were signed'],
    )
    const files = [...(await contents(out)).keys()]
    assert.ok(!files.some((name) => name.startsWith('subtitles/the-way')))
    assert.equal(files.filter((name) => name.startsWith('torrents/')).length, 1)
  })
})

test('without an address there are pages only, and it’s said', async () => {
  await inTemporaryFolder(async (root) => {
    const path = await publishSite(root)
    await plainly(['site', path, '--language', 'fr'])
    const files = await contents(join(path, 'site'))
    assert.ok(!files.has('feed.xml') && !files.has('manifest.json'))
    assert.match(
      Buffer.from(files.get('index.html') ?? '', 'latin1').toString(),
      /<html lang="fr">[^]*libres à voir/u,
    )
  })
})

test('C16: no text of a feed is a tag in its pages or its RSS feed', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'publisher')
    const hostile = '"><script>ran()</script><img src=x onerror=ran()>'
    await well(['init', path, '--name', hostile, '--operator', hostile])
    const texts = { title: hostile, synopsis: hostile }
    await putWorks(path, bookRecords({ translations: { en: texts } }).slice(0, 30))
    await release(path)
    const out = join(root, 'out')
    await site(path, out, '--base-url', BASE_URL)
    const pages = [...(await contents(out))].filter(([name]) => /\.(?:html|xml)$/u.test(name))
    assert.ok(pages.length > 5)
    for (const [name, text] of pages) {
      assert.ok(text.includes('&lt;script&gt;'), name)
      assert.ok(!/<script>|<img src=x/u.test(text), name)
    }
  })
})
