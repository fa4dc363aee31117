import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SILENT_LOG, SECOND_MS } from '@matinee/base'
import { feedMagnet, readPointer } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { FakeClock } from '@matinee/testkit'
import { MadePublisher, freeWorks } from '../../../test/made-publisher.ts'
import { MirrorStage, serve } from '../../../test/mirror-stage.ts'
import { parseFeedAddress } from './feed-address.ts'
import type { FeedSwarm } from './feed-swarm.ts'
import { checkSource } from './source-check.ts'
import { SwarmSource } from './swarm-source.ts'

const crypto = systemFeedCrypto()

/** A DHT and a swarm that have what `files` has at the moment. */
function swarmOf(
  files: () => ReadonlyMap<string, Uint8Array>,
): Pick<FeedSwarm, 'pointer' | 'read'> & { asked: number } {
  const swarm = {
    asked: 0,
    pointer: async () => {
      swarm.asked++
      return readPointer(files().get('pointer') ?? new Uint8Array(), crypto)
    },
    read: async (_: unknown, __: unknown, { path }: { readonly path: string }) =>
      files().get(path) ?? null,
  }
  return swarm
}

test('T7: a pointer that was right once takes nobody back to an older version', async () => {
  const publisher = new MadePublisher().put(...freeWorks(3)).publish()
  const old = new Map(publisher.files)
  publisher.publish()
  using stage = new MirrorStage(publisher)
  await stage.feed.begin(publisher.root)
  stage.mirror(serve(() => publisher.files))
  await stage.refresh()
  const { trusted } = stage.feed.ledger
  assert.ok(trusted !== null)
  const address = parseFeedAddress(feedMagnet(publisher.publicKey, publisher.fingerprint))
  assert.ok(address?.kind === 'swarm')
  const clock = new FakeClock()
  const answers: string[] = []
  for (const files of [old, publisher.files]) {
    const source = new SwarmSource(
      address,
      swarmOf(() => files),
      clock,
    )
    const entry = {
      address,
      source,
      isOwn: true,
      state: 'untried' as const,
      why: null,
      lastOkMs: null,
      notedMs: 0,
    }
    const parts = { clock, crypto, log: SILENT_LOG, copy: stage.copy }
    const refresh = await checkSource(entry, trusted, parts, new AbortController().signal)
    answers.push(refresh?.kind === 'refused' ? refresh.refusal.code : String(refresh?.kind))
  }
  assert.deepEqual(answers, ['rollback', 'unchanged'])
})

test('a newer version is looked for with a new pointer, and files whose hash is known with the one that named them', async () => {
  const publisher = new MadePublisher().put(...freeWorks(1)).publish()
  const address = parseFeedAddress(feedMagnet(publisher.publicKey, publisher.fingerprint))
  assert.ok(address?.kind === 'swarm')
  const clock = new FakeClock()
  const swarm = swarmOf(() => publisher.files)
  const source = new SwarmSource(address, swarm, clock)
  const { signal } = new AbortController()
  const timestamp = { path: 'metadata/timestamp.json', maxBytes: 16_384, sha256: null }
  assert.deepEqual(await source.read(timestamp, signal), publisher.files.get(timestamp.path))
  await source.read(timestamp, signal)
  assert.equal(swarm.asked, 1)
  await clock.advance(10 * SECOND_MS)
  await source.read({ ...timestamp, path: 'heads/x', sha256: publisher.fingerprint }, signal)
  assert.equal(swarm.asked, 1)
  await source.read(timestamp, signal)
  assert.equal(swarm.asked, 2)
  const pointer = { path: 'pointer', maxBytes: 1200, sha256: null }
  assert.deepEqual(await source.read(pointer, signal), publisher.files.get('pointer'))
})
