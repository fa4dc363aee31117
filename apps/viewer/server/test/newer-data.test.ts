import { SILENT_LOG } from '@matinee/base'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { test } from 'node:test'
import { OpenStreams } from '../src/library/streams/open-streams.ts'
import { MediaShelf } from '../src/media/media-shelf.ts'
import { openViewerApi } from '../src/viewer-api.ts'

for (const name of ['settings.json', 'profiles.json', 'following.json'])
  test(`A22: with a ${name} of a newer Matinee nothing starts, and nothing of the data folder changes`, async (t) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-newer-'))
    t.after(() => rm(dataFolder, { recursive: true, force: true }))
    const path = join(dataFolder, name)
    const text = JSON.stringify({ version: 2, rooms: [] })
    await writeFile(path, text)
    const shelf = new MediaShelf()
    const streams = new OpenStreams(shelf, () => performance.now())
    await assert.rejects(
      openViewerApi(
        { shelf, streams, log: SILENT_LOG },
        {
          pagesFolder: '/nowhere',
          dataFolder,
          feeds: [],
          reelFolder: join(dataFolder, 'nowhere'),
          seederProgram: join(dataFolder, 'nothing'),
          locale: 'en',
        },
      ),
      { code: 'newer-data', path },
    )
    assert.equal(await readFile(path, 'utf8'), text)
    assert.deepEqual(await readdir(dataFolder), [name])
  })
