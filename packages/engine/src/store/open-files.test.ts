import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeDisk } from '@matinee/testkit'
import { OpenFiles } from './open-files.ts'

test('a file that is leased when all were closed closes with its user', async () => {
  const disk = new FakeDisk()
  await disk.makeFolder('/films')
  const files = new OpenFiles(disk)
  const early = await files.lease('/films/0', 'write')
  await files.closeAll()
  const late = await files.lease('/films/1', 'write')
  assert.equal(disk.openFiles, 2)
  early[Symbol.dispose]()
  late[Symbol.dispose]()
  // Nothing is retired by this: it waits for what closes already.
  await files.closed('/films/none')
  assert.equal(disk.openFiles, 0)
})
