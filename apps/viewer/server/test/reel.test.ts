import { filmSchema, paths, streamStatusSchema } from '#api'
import { parseSubtitles } from '@matinee/media'
import { letIn } from '@matinee/testkit'
import { openLog, startViewer, type ViewerServer } from '@matinee/viewer'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const REEL = fileURLToPath(new URL('../../../../feeds/reel/', import.meta.url))
const SEEDER = fileURLToPath(new URL('../../../matinee/src/reel-seeder.ts', import.meta.url))

/** The API as a page that was let in uses it. */
async function enter(viewer: ViewerServer) {
  const { origin, askJson } = await letIn(viewer.newLaunchUrl())
  return {
    origin,
    open: async () =>
      filmSchema.parse(
        await askJson(paths.playWork('starter.test-reel'), 'POST', {
          episodeId: null,
          releaseId: null,
        }),
      ),
    status: async (id: string) => streamStatusSchema.parse(await askJson(paths.streamStatus(id))),
  }
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-reel-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('the reel comes over BitTorrent from the seeding process, byte for byte, with its captions', async () => {
  await inFolder(async (folder) => {
    const events: { event: string; bytes?: number }[] = []
    const log = openLog('info', (line) => events.push(JSON.parse(line) as { event: string }))
    await using viewer = await startViewer({ dataFolder: folder, port: 0, log })
    const { origin, open, status } = await enter(viewer)
    assert.ok(
      events.every(({ event }) => event === 'catalogue-feed-loaded'),
      'nothing is started before the film is opened',
    )
    const { streamId, mediaUrl, captions } = await open()
    const film = new Uint8Array(await (await fetch(origin + mediaUrl)).arrayBuffer())
    assert.deepEqual(film, new Uint8Array(await readFile(join(REEL, 'reel.mp4'))))
    for (const { language, url } of captions) {
      const shown = new Uint8Array(await (await fetch(origin + url)).arrayBuffer())
      const made = new Uint8Array(await readFile(join(REEL, `reel.${language}.vtt`)))
      assert.deepEqual(parseSubtitles(shown).cues, parseSubtitles(made).cues)
    }
    const { bytes, onDisk, phase } = await status(streamId)
    assert.deepEqual(phase, { kind: 'live' })
    assert.equal(bytes.have, film.length)
    assert.deepEqual(onDisk, [{ start: 0, end: 1 }])
    await viewer.close()
    const served = events.filter(({ event }) => event === 'seeder served').at(-1)
    assert.equal(served?.bytes, bytes.received)
    assert.ok(bytes.received >= film.length)
    assert.equal(events.at(-1)?.event, 'seeder ended')
  })
})

test('a seeding process that does not start is said, and started anew when the viewer asks again', async () => {
  await inFolder(async (folder) => {
    const program = join(folder, 'seeder.ts')
    await writeFile(program, 'process.exitCode = 3\n')
    const viewer = await startViewer({
      dataFolder: join(folder, 'data'),
      port: 0,
      seederProgram: program,
      log: openLog('silent'),
    })
    try {
      const { origin, open, status } = await enter(viewer)
      const first = await open()
      const endMs = performance.now() + 5000
      while ((await status(first.streamId)).phase.kind !== 'failed') {
        assert.ok(performance.now() < endMs, 'the failure was never told')
        await delay(20)
      }
      assert.deepEqual((await status(first.streamId)).phase, { kind: 'failed', reason: 'source' })
      await writeFile(program, `await import(${JSON.stringify(SEEDER)})\n`)
      const second = await open()
      const head = await fetch(origin + second.mediaUrl, { headers: { range: 'bytes=0-99' } })
      assert.equal(head.status, 206)
      assert.equal((await head.arrayBuffer()).byteLength, 100)
    } finally {
      await viewer.close()
    }
  })
})
