import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8Bytes } from '@matinee/base'
import { nodeHash } from '@matinee/testkit'
import { Follower, answer } from '../../test/signed/follower.ts'
import { workId } from '../../test/signed/made-packs.ts'
import { MadePublisher } from '../../test/signed/made-publisher.ts'
import { NEW_YEAR } from '../../test/signed/refresh-case.ts'
import { NO_WORKS, type ToldWorks, readAllWorks } from '../../test/signed/works-reader.ts'
import { date } from '../../test/made-records.ts'
import { systemDeflate, systemFeedCrypto } from '../node/system.ts'
import type { KnownWorks } from '../signed/feed-works.ts'
import { PUBLISHER } from '../signed/role-name.ts'
import type { VerifiedFeed } from '../signed/verified-feed.ts'
import { type Edition, readEdition } from './edition.ts'
import { type NextEdition, nextEdition } from './next-edition.ts'

const CRYPTO = systemFeedCrypto()
const TOOLS = { ...CRYPTO, ...systemDeflate() }

/** A publisher whose packs the code under test makes, and whose every version a reader takes. */
class Stage {
  readonly publisher = new MadePublisher()
  readonly works = new Map<string, string>()
  readonly #follower = new Follower(
    this.publisher.files.get('metadata/1.root.json') ?? new Uint8Array(),
  )
  #previous: Edition | null = null

  /** Publishes an edition of the works as they are. */
  publish(): { readonly next: NextEdition; readonly feed: VerifiedFeed } {
    const works = [...this.works].map(([id, text]) => ({ id: workId(id), bytes: utf8Bytes(text) }))
    const next = nextEdition(
      {
        role: PUBLISHER,
        previous: this.#previous,
        works,
        added: new Map(),
        today: date('2026-01-01'),
      },
      TOOLS,
    )
    const { draft } = this.publisher.role('targets')
    draft['matinee'] = next.summary
    draft['targets'] = Object.fromEntries(
      next.targets.map(({ path, length, sha256, custom }) => [
        path,
        { length, hashes: { sha256 }, custom },
      ]),
    )
    for (const [path, bytes] of next.files) this.publisher.files.set(path, bytes)
    this.publisher.update()
    const refresh = this.#follower.ask({ now: NEW_YEAR, files: this.publisher.files })?.value
    assert.ok(refresh !== undefined && refresh.kind !== 'refused', JSON.stringify(refresh))
    const { feed } = refresh
    this.#previous = answer(readEdition(feed.publisher, CRYPTO), this.publisher.files).value
    return { next, feed }
  }

  /** What a reader comes to who knows something already. */
  read(feed: VerifiedFeed, known: KnownWorks): ToldWorks & { readonly known: KnownWorks } {
    const told = readAllWorks(feed, known, this.publisher.files)
    assert.ok(told.reading.kind === 'read', JSON.stringify(told.reading))
    return { ...told, known: told.reading.known }
  }
}

test('whatever changes from edition to edition, readers of every earlier one come to the same works', () => {
  const change = fc.record({ work: fc.nat(30), text: fc.option(fc.string({ maxLength: 5 })) })
  const editions = fc.array(fc.array(change, { maxLength: 5 }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(editions, (changes) => {
      const stage = new Stage()
      const earlier: KnownWorks[] = [NO_WORKS]
      for (const edits of changes) {
        for (const { work, text } of edits)
          if (text === null) stage.works.delete(`work-${work}`)
          else stage.works.set(`work-${work}`, JSON.stringify(text))
        const { feed } = stage.publish()
        const [whole, ...others] = earlier.map((known) => stage.read(feed, known).known)
        assert.ok(whole !== undefined)
        assert.equal(whole.works.size, stage.works.size)
        for (const other of others) assert.deepEqual(other, whole)
        earlier.push(whole)
      }
    }),
    { numRuns: 25 },
  )
})

test('the last 30 deltas are kept: who is 30 editions behind takes them, who is further behind takes shards', () => {
  const stage = new Stage()
  for (let number = 0; number < 300; number++)
    stage.works.set(`work-${number}`, `"${nodeHash.sha256(utf8Bytes(String(number))).toHex()}"`)
  const states = [stage.publish()].map(({ feed }) => stage.read(feed, NO_WORKS).known)
  let last = stage.publish()
  assert.equal(last.next.isNew, false)
  for (let edition = 2; edition <= 35; edition++) {
    stage.works.set('work-7', `"edition ${edition}"`)
    last = stage.publish()
    states.push(stage.read(last.feed, NO_WORKS).known)
  }
  const deltas = last.next.targets.filter(({ path }) => path.includes('delta'))
  assert.deepEqual(
    deltas.map(({ path }) => path),
    Array.from({ length: 30 }, (_, index) => `packs/targets/delta-${35 - index}.gz`),
  )
  const ways = states.map((known) => {
    const { reading } = stage.read(last.feed, known)
    return reading.kind === 'read' ? reading.way : reading.kind
  })
  assert.deepEqual(ways.slice(0, 4), ['shards', 'shards', 'shards', 'shards'])
  assert.deepEqual(
    ways.slice(5, -1),
    Array.from({ length: 29 }, () => 'deltas'),
  )
  assert.equal(ways.at(-1), 'same')
})

test('works that are as they were make no edition, and a changed one touches its own shard alone', () => {
  const stage = new Stage()
  for (let number = 0; number < 2000; number++) stage.works.set(`work-${number}`, '"as it is"')
  const first = stage.publish()
  assert.equal(first.next.summary['shards'], 4)
  const again = stage.publish()
  assert.deepEqual([again.next.isNew, again.next.files.size], [false, 0])
  assert.deepEqual(again.next.summary, first.next.summary)
  stage.works.set('work-1', '"changed"')
  const changed = stage.publish()
  assert.equal(changed.next.files.size, 2, 'a delta and a shard')
  const known = stage.read(first.feed, NO_WORKS)
  assert.deepEqual([...stage.read(changed.feed, known.known).changed.keys()], ['work-1'])
})
