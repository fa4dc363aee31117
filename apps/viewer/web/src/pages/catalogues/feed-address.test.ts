import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { MAX_FEED_ADDRESS, feedLookSchema } from '#api'
import { readFeedAddress } from './feed-address.ts'

function addressOf(text: string): string {
  const read = readFeedAddress(text)
  return read.kind === 'address' ? read.address : read.problem
}

test('links, folders and magnet links of catalogues are taken as they are written', () => {
  for (const address of [
    'https://films.example.org/feed/',
    'http://192.168.1.4:8080/feed',
    `magnet:?xs=urn:btpk:${'ab'.repeat(32)}&s=${'cd'.repeat(20)}`,
    '/media/stick/feed',
    '~/feed',
    './feed',
    String.raw`C:\Films\feed`,
  ])
    assert.equal(addressOf(`  ${address}\n`), address)
})

test('a host without a scheme is a link, and a link to a place on this computer is a path', () => {
  assert.equal(addressOf('films.example.org/feed'), 'https://films.example.org/feed')
  assert.equal(addressOf('films.example.org:8443'), 'https://films.example.org:8443')
  assert.equal(addressOf('file:///media/my%20stick/feed'), '/media/my stick/feed')
  assert.equal(addressOf('file:///C:/feed'), 'C:/feed')
})

test('a file of a feed stands for its folder, and no other file does', () => {
  assert.equal(addressOf('/media/stick/feed/metadata/timestamp.json'), '/media/stick/feed/')
  assert.equal(addressOf('/media/stick/feed/pointer'), '/media/stick/feed/')
  assert.equal(addressOf('https://a.example/feed/metadata/1.root.json'), 'https://a.example/feed/')
  assert.equal(addressOf('file:///stick/feed/pointer'), '/stick/feed/')
  assert.equal(addressOf(String.raw`C:\feed\metadata\timestamp.json`), 'C:\\feed\\')
  assert.equal(addressOf('/media/stick/waypointer'), '/media/stick/waypointer')
})

test('what names a film, or nothing that can be fetched, is refused with the reason', () => {
  assert.equal(addressOf(' '), 'feeds.address-missing')
  assert.equal(addressOf('magnet:?xt=urn:btih:abc'), 'feeds.address-film')
  assert.equal(addressOf('https://example.org/film.torrent?x=1'), 'feeds.address-film')
  assert.equal(addressOf('/films/film.torrent'), 'feeds.address-film')
  assert.equal(addressOf('ftp://example.org/feed'), 'feeds.address-scheme')
  assert.equal(addressOf('javascript:alert(1)'), 'feeds.address-scheme')
  assert.equal(addressOf('file://%zz'), 'feeds.address-scheme')
  assert.equal(addressOf('x'.repeat(MAX_FEED_ADDRESS + 1)), 'feeds.address-long')
})

test('whatever is written, the server is asked only for what it would read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const read = readFeedAddress(text)
      if (read.kind === 'address') assert.ok(feedLookSchema.safeParse(read).success)
    }),
  )
})
