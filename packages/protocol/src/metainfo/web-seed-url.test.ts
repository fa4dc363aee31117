import { test } from 'node:test'
import assert from 'node:assert/strict'
import { makeTorrent, type MadeTorrentOptions } from '@matinee/testkit'
import { webSeedUrl } from './web-seed-url.ts'

function urlOf(options: MadeTorrentOptions, webSeed: string, fileIndex = 0): string {
  return makeTorrent(options).metainfo.webSeedUrl(webSeed, fileIndex)
}

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(`a ${kind} torrent of a single file is the web seed itself, or lies below its slash`, () => {
    const options = { kind, files: 1000 }
    assert.equal(urlOf(options, 'https://w.example/a.mp4'), 'https://w.example/a.mp4')
    assert.equal(urlOf(options, 'https://w.example/films/'), 'https://w.example/films/film.mp4')
  })

  test(`files of a ${kind} torrent lie below its name, with or without a slash`, () => {
    const files = [
      { path: ['a b.mp4'], content: 10 },
      { path: ['subs', 'é#?%.vtt'], content: 10 },
    ]
    const options = { kind, files, name: 'My film' }
    for (const webSeed of ['https://w.example/x', 'https://w.example/x/']) {
      assert.equal(urlOf(options, webSeed), 'https://w.example/x/My%20film/a%20b.mp4')
      const second = 'https://w.example/x/My%20film/subs/%C3%A9%23%3F%25.vtt'
      assert.equal(urlOf(options, webSeed, 1), second)
    }
  })
}

test('a folder with one file in it is a folder', () => {
  const files = [{ path: ['in', 'a.mp4'], content: 10 }]
  assert.equal(urlOf({ kind: 'v2', files, name: 'x' }, 'http://w/'), 'http://w/x/in/a.mp4')
})

test('names of any charset keep their bytes, and a fragment of the web seed goes', () => {
  assert.equal(webSeedUrl('http://w/#x', ['\xff\x00', "it's"], false), 'http://w/%FF%00/it%27s')
})
