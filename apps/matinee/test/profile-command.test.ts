import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { SILENT_LOG } from '@matinee/base'
import { letIn, writeMadeFeed } from '@matinee/testkit'
import { startViewer, type ViewerServer } from '@matinee/viewer'
import { runMatinee } from './program-run.ts'

test('L8: a PIN that was forgotten goes by a command on this computer, while nothing runs, and by nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-profile-'))
  try {
    const feed = join(folder, 'feed')
    await writeMadeFeed(feed)
    const data = join(folder, 'data')
    const start = (): Promise<ViewerServer> =>
      startViewer({ dataFolder: data, feeds: [{ folder: feed }], port: 0, log: SILENT_LOG })
    const enter = async (server: ViewerServer): Promise<number> => {
      const { ask } = await letIn(server.newLaunchUrl())
      return (await ask('/api/shelf')).status
    }
    {
      await using server = await start()
      const { ask } = await letIn(server.newLaunchUrl())
      const set = await ask('/api/profiles/first/pin', 'PUT', { pin: null, next: '2468' })
      assert.equal(set.status, 200)
      assert.equal(await enter(server), 403)
      const running = await runMatinee(['profile', 'reset', 'first', '--data', data])
      assert.equal(running.code, 1)
      assert.match(running.err, /Matinee is running; stop it/u)
    }
    const listed = await runMatinee(['profile', 'list', '--data', data])
    assert.match(listed.out, /first: a grown-up, with a PIN/u)
    const other = await runMatinee(['profile', 'reset', 'Noor', '--data', data])
    assert.equal(other.code, 1)
    assert.match(other.err, /nobody is called "Noor"/u)
    const reset = await runMatinee(['profile', 'reset', 'first', '--data', data])
    assert.equal(reset.code, 0)
    assert.match(reset.out, /The PIN of "first" is gone/u)
    await using again = await start()
    assert.equal(await enter(again), 200)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
