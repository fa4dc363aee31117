import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Sha256Text, parseSha256, readBundledFeed } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { filesOf, invalidFeeds, pictureFile, readFolder } from '../../test/fixture-feed.ts'
import { FIXTURES } from '../../test/fixture-record.ts'

const BUNDLE = new URL('bundle/', FIXTURES)

test('a bundled feed is read whole: offered, candidates, newer records, pictures', () => {
  const read = readBundledFeed(readFolder(BUNDLE), nodeHash)
  assert.equal(read.kind, 'feed', JSON.stringify(read))
  if (read.kind !== 'feed') return
  const { feed } = read
  assert.deepEqual(
    feed.offered.map(({ record }) => record.title.text),
    ['One'],
  )
  assert.deepEqual(
    feed.candidates.map(({ entry }) => [String(entry.id), entry.waitsFor]),
    [['two', ['release', 'rights']]],
  )
  assert.deepEqual(
    feed.newer.map(({ id }) => String(id)),
    ['three'],
  )
  assert.equal(feed.pictures.size, 1)
  assert.equal(feed.manifest.lists[0]?.works.length, 2)
})

for (const feed of invalidFeeds())
  test(`${feed.row === undefined ? '' : `${feed.row}: `}step ${feed.step} refuses ${feed.name}: ${feed.code}`, () => {
    const files = filesOf(feed)
    const { code, at = '', file = pictureFile(files) } = feed
    const read = readBundledFeed(files, nodeHash)
    assert.equal(read.kind, 'refused')
    if (read.kind !== 'refused') return
    const [first, ...others] = read.problems
    assert.deepEqual({ code: first?.code, at: first?.at, file: first?.file }, { code, at, file })
    assert.deepEqual(others, [], 'nothing else is wrong with it')
  })

test('a manifest that the application did not come with is refused', () => {
  const files = readFolder(BUNDLE)
  const manifestSha256 = hashOf(files.get('feed.json'))
  assert.equal(readBundledFeed(files, nodeHash, { manifestSha256 }).kind, 'feed')
  const other = hashOf(new Uint8Array())
  const read = readBundledFeed(files, nodeHash, { manifestSha256: other })
  assert.equal(read.kind === 'refused' && read.problems[0]?.code, 'manifest-hash')
})

test('a manifest that needs a newer reader says so', () => {
  const manifest = { type: 'matinee-feed', version: 4, minVersion: 3, shape: 'unknown' }
  const files = new Map([['feed.json', new TextEncoder().encode(JSON.stringify(manifest))]])
  assert.deepEqual(readBundledFeed(files, nodeHash), { kind: 'newer', version: 4, minVersion: 3 })
})

test('C17: one byte changed anywhere in a feed refuses it', () => {
  const files = readFolder(BUNDLE)
  const manifestSha256 = hashOf(files.get('feed.json'))
  for (const [name, bytes] of files) {
    if (name === 'README.txt') continue
    for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      const read = readBundledFeed(new Map(files).set(name, changed), nodeHash, { manifestSha256 })
      assert.equal(read.kind, 'refused', `${name} at ${at}`)
    }
  }
})

function hashOf(bytes: Uint8Array = new Uint8Array()): Sha256Text {
  const sha256 = parseSha256(nodeHash.sha256(bytes).toHex())
  assert.ok(sha256 !== null)
  return sha256
}
