import { SILENT_LOG } from '@matinee/base'
import { parseSha256, type Sha256Text } from '@matinee/catalogue'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { FollowingFile } from './following-file.ts'

async function dataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-following-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function fingerprint(digit: string): Sha256Text {
  const found = parseSha256(digit.repeat(64))
  assert.ok(found)
  return found
}

test('changes of what is followed that come at once are all kept, whatever they change', async (t) => {
  const folder = await dataFolder(t)
  const file = await FollowingFile.open(folder, SILENT_LOG)
  const feed = { fingerprint: fingerprint('a'), sources: ['/a'], decidesSafety: false }
  const other = { ...feed, fingerprint: fingerprint('b') }
  await Promise.all([
    file.change((now) => ({ ...now, feeds: [...now.feeds, feed] })),
    file.change((now) => ({ ...now, feeds: [...now.feeds, other] })),
    file.change((now) => ({ ...now, order: ['starter'] })),
  ])
  const again = await FollowingFile.open(folder, SILENT_LOG)
  assert.deepEqual(again.current, { order: ['starter'], feeds: [feed, other], lists: [] })
  assert.deepEqual(file.current, again.current)
})

test('a change that could not be written leaves what was followed, and the next one goes on from there', async (t) => {
  const folder = await dataFolder(t)
  const file = await FollowingFile.open(folder, SILENT_LOG)
  const refused = file.change(() => {
    throw new RangeError('no')
  })
  const next = file.change((now) => ({ ...now, order: ['starter'] }))
  await assert.rejects(refused, RangeError)
  await next
  assert.deepEqual(file.current, { order: ['starter'], feeds: [], lists: [] })
})
