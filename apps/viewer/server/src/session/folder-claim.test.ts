import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FolderClaim, FolderClaimedError } from './folder-claim.ts'

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-claim-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const urlOfClaimed = (folder: string): Promise<string | null> =>
  FolderClaim.open(folder).then(
    () => assert.fail('the folder was claimed twice'),
    (error: unknown) => {
      assert.ok(error instanceof FolderClaimedError)
      return error.url
    },
  )

test('A17: a data folder has one viewer at a time, and the second hears where the first is', () =>
  inFolder(async (folder) => {
    const first = await FolderClaim.open(folder)
    assert.equal(await urlOfClaimed(folder), null)
    await first.say('http://127.0.0.1:8571/')
    assert.equal(await urlOfClaimed(folder), 'http://127.0.0.1:8571/')
    first[Symbol.dispose]()
    using second = await FolderClaim.open(folder)
    assert.ok(second)
  }))

test('an address that is not ours is not passed on', () =>
  inFolder(async (folder) => {
    using claim = await FolderClaim.open(folder)
    assert.ok(claim)
    for (const text of ['', 'http://evil.example/\n', 'http://127.0.0.1:1/\n\u001b[2J']) {
      await writeFile(join(folder, 'viewer-address.txt'), text)
      assert.equal(await urlOfClaimed(folder), null)
    }
  }))
