import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SILENT_LOG } from '@matinee/base'
import { parseSha256, type FeedHead } from '@matinee/catalogue'
import type { AddOptions, Engine, TorrentSource } from '@matinee/engine'
import { parseMetainfo } from '@matinee/protocol'
import { nodeHash } from '@matinee/testkit'
import { readFile } from 'node:fs/promises'
import { giveSource, type SourceGiving } from './own-source.ts'

const REEL = new URL('../../../../../feeds/reel/reel.torrent', import.meta.url)
const metainfo = parseMetainfo(new Uint8Array(await readFile(REEL)), nodeHash)

interface Stage {
  readonly giving: SourceGiving
  readonly added: [TorrentSource, AddOptions | undefined][]
  readonly made: () => number
}

function stage(version: string, infoHash: string, hasSwarm = true): Stage {
  const added: [TorrentSource, AddOptions | undefined][] = []
  let made = 0
  const sha256 = parseSha256(infoHash)
  assert.ok(sha256 !== null)
  const source: FeedHead['source'] = { version, infoHash: sha256, length: 1, sha256, notes: {} }
  const engine = {
    add: (from: TorrentSource, options?: AddOptions) => added.push([from, options]),
  } as unknown as Engine
  const giving: SourceGiving = {
    source: {
      version: '0.1.0',
      publishedIn: null,
      open: () => {
        made++
        return Promise.resolve({ metainfo, path: '/data/source.tar' })
      },
    },
    heads: [{}, { source }],
    engine: () => Promise.resolve(hasSwarm ? engine : null),
    log: SILENT_LOG,
    signal: new AbortController().signal,
  }
  return { giving, added, made: () => made }
}

test('a copy gives out its source when a feed names just that', async () => {
  const { giving, added } = stage('0.1.0', String(metainfo.infoHashes.v2))
  assert.equal(await giveSource(giving), true)
  assert.deepEqual(added, [[{ kind: 'metainfo', metainfo }, { filesFrom: ['/data/source.tar'] }]])
})

test('another version isn’t made, another archive isn’t given, and without a swarm nothing is', async () => {
  const other = stage('0.2.0', String(metainfo.infoHashes.v2))
  assert.equal(await giveSource(other.giving), false)
  assert.equal(other.made(), 0)
  const changed = stage('0.1.0', 'a'.repeat(64))
  assert.equal(await giveSource(changed.giving), false)
  const alone = stage('0.1.0', String(metainfo.infoHashes.v2), false)
  assert.equal(await giveSource(alone.giving), false)
  assert.deepEqual([...other.added, ...changed.added, ...alone.added], [])
})

test('a disk that takes no archive keeps nothing else from going on', async () => {
  const { giving } = stage('0.1.0', String(metainfo.infoHashes.v2))
  const source = { ...giving.source, open: () => Promise.reject(new Error('full')) }
  assert.equal(await giveSource({ ...giving, source }), false)
})
