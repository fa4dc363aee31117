import { readFollowedList } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChosenLists } from '../src/library/lists/chosen-lists.ts'
import type { ListFollower } from '../src/library/lists/list-follower.ts'
import { MadeCurator } from './made-curator.ts'

test('works of lists are looked up once, and again when a list or the catalogue has changed', async () => {
  const curator = new MadeCurator()
  const { key } = curator
  const bytes = curator.list(1, [{ feed: { fingerprint: key }, work: 'film' }])
  const read = readFollowedList(bytes, key, null, systemFeedCrypto())
  assert.ok(read.kind === 'list')
  const follower = Object.assign({} as ListFollower, { key, list: read.list })
  const lists = { lists: [follower], changes: 0 }
  const chosen = new ChosenLists(lists, { feedOf: () => null })
  let looked = 0
  let revision = 1
  const shown = chosen.shownIn({
    revision: async () => revision,
    works: async () => [],
    sameWorks: async ({ works }) => {
      looked++
      if (looked === 1) throw new Error('the catalogue is being opened')
      return works.map(() => [])
    },
  })
  await assert.rejects(shown({ territory: null }), /being opened/)
  const all = await Promise.all([1, 2, 3].map(() => shown({ territory: null })))
  assert.deepEqual(
    all.map((each) => each.map(({ id }) => id)),
    [['nights'], ['nights'], ['nights']],
  )
  assert.equal(looked, 2)
  lists.changes++
  await shown({ territory: null })
  assert.equal(looked, 3)
  revision++
  await shown({ territory: null })
  await shown({ territory: null })
  assert.equal(looked, 4)
})
