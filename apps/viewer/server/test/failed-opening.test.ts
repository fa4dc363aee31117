import { SILENT_LOG } from '@matinee/base'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { OpenStreams } from '../src/library/streams/open-streams.ts'
import { MediaShelf } from '../src/media/media-shelf.ts'
import { openViewerApi } from '../src/viewer-api.ts'

test('of what is opened at once nothing stays open when one of it fails', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-opening-'))
  const shelf = new MediaShelf()
  const parts = { shelf, streams: new OpenStreams(shelf, () => performance.now()), log: SILENT_LOG }
  const threads = (): string[] =>
    process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')
  {
    // This is how a thread that is listened to is known.
    await using thread = new Worker('setInterval(() => null, 1000)', { eval: true })
    thread.on('message', () => null)
    await once(thread, 'online')
    assert.equal(threads().length, 1)
  }
  try {
    await assert.rejects(
      openViewerApi(parts, {
        pagesFolder: '/nowhere',
        dataFolder,
        feeds: [],
        reelFolder: join(dataFolder, 'nowhere'),
        seederProgram: join(dataFolder, 'nothing'),
        locale: 'en',
      }),
      { code: 'ENOENT' },
    )
    assert.deepEqual(threads(), [])
  } finally {
    await rm(dataFolder, { recursive: true })
  }
})
