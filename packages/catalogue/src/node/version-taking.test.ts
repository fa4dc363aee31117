import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FetchFile, PUBLISHER } from '@matinee/catalogue'
import { FollowedFeedFile, takeVersionApart } from '@matinee/catalogue/node'
import { FollowedStage, WORKS } from '../../test/signed/followed-stage.ts'

test('C18: a version is taken in a thread of its own, while the one before is read here', async () => {
  using stage = await publishedStage()
  stage.packs.remove('made-1').pack(stage.publisher)
  stage.publisher.update()
  using file = new FollowedFeedFile(stage.path)
  const read: number[] = []
  const fetch: FetchFile = async ({ path }) => {
    read.push([...file.works(PUBLISHER)].length)
    return stage.publisher.files.get(path) ?? null
  }
  assert.deepEqual(await takeVersionApart(stage.path, await stage.refresh(), fetch), {
    kind: 'taken',
  })
  assert.ok(read.length > 0)
  for (const works of read) assert.equal(works, WORKS.length)
  assert.equal([...file.works(PUBLISHER)].length, WORKS.length - 1)
})

test('C18: a source that fails in the middle fails as it did, and leaves the version before', async () => {
  using stage = await publishedStage()
  stage.packs.remove('made-1').pack(stage.publisher)
  stage.publisher.update()
  const refresh = await stage.refresh()
  const gone = new Error('the stick was pulled out')
  const fetch: FetchFile = async ({ path }) => {
    if (path.endsWith('.gz')) throw gone
    return stage.publisher.files.get(path) ?? null
  }
  await assert.rejects(takeVersionApart(stage.path, refresh, fetch), (error) => error === gone)
  const nothing: FetchFile = async () => null
  const taken = await takeVersionApart(stage.path, refresh, nothing)
  assert.equal(taken.kind === 'refused' && taken.refusal.code, 'missing')
  assert.equal(FollowedStage.version(stage.path), 2)
})

/** A stage whose first works were taken. */
async function publishedStage(): Promise<FollowedStage> {
  const stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  return stage
}
