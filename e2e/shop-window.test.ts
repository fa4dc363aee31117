import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { SILENT_LOG, toHex } from '@matinee/base'
import { systemHash } from '@matinee/engine/system'
import { letIn } from '@matinee/testkit'
import { startViewer, type ViewerServer } from '@matinee/viewer'
import { openMadeCinema, type MadeCinema } from './made-cinema.ts'
import { settle } from './settled-folder.ts'

const signal = AbortSignal.timeout(150_000)
const NOTHING_CHOSEN = { episodeId: null, releaseId: null }

interface Film {
  readonly streamId: string
  readonly mediaUrl: string
  readonly captions: readonly { readonly language: string; readonly url: string }[]
  readonly next: { readonly episodeId: string } | null
  readonly subtitle: string | null
}

interface Status {
  readonly phase: { readonly kind: string }
  readonly trouble: { readonly kind: string } | null
  readonly isDescribed: boolean
  readonly people: { readonly connected: number }
  readonly bytes: { readonly length: number; readonly have: number }
}

async function inCinema(
  run: (cinema: MadeCinema, viewer: ViewerServer, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-shop-window-'))
  try {
    await using cinema = await openMadeCinema({ folder, signal })
    await settle(join(folder, 'data'))
    await using viewer = await startViewer({
      dataFolder: join(folder, 'data'),
      feeds: [{ folder: cinema.feedFolder, allowLocal: true }],
      port: 0,
      log: SILENT_LOG,
    })
    await run(cinema, viewer, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    signal.throwIfAborted()
    await delay(50, null, { signal }).catch(() => assert.fail(what))
  }
}

test('a made-up film is got ready, played and read to its end by what its record says', async () => {
  await inCinema(async (cinema, viewer) => {
    const { askJson, bytesOf } = await letIn(viewer.newLaunchUrl())
    const [id] = [...cinema.torrents.keys()].filter((each) => !each.includes('keepers'))
    const workId = `made-up.${id ?? ''}`
    await askJson(`/api/works/${workId}/warm`, 'POST', NOTHING_CHOSEN)
    await until('nothing is got ready', async () => {
      const { kind } = (await askJson(`/api/works/${workId}/health`)) as { kind: string }
      return kind === 'straight' || kind === 'here'
    })
    const served = cinema.served()
    assert.ok(served > 0)
    const film = (await askJson(`/api/works/${workId}/play?language=fr`, 'POST', {
      episodeId: null,
      releaseId: null,
    })) as Film
    const status = async (): Promise<Status> =>
      (await askJson(`/api/streams/${film.streamId}/status`)) as Status
    const bytes = await bytesOf(film.mediaUrl, signal)
    const { bytes: counted, isDescribed } = await status()
    assert.equal(isDescribed, true)
    assert.equal(bytes.length, counted.length)
    assert.equal(counted.have, counted.length)
    for (const { url } of film.captions)
      assert.match(new TextDecoder().decode(await bytesOf(url, signal)), /^WEBVTT\n/u)
    // The same bytes again, now from the disk: nobody is asked for them.
    const before = cinema.served()
    const again = await bytesOf(film.mediaUrl, signal)
    assert.equal(toHex(systemHash().sha256(again)), toHex(systemHash().sha256(bytes)))
    assert.equal(cinema.served(), before)
  })
})

test('A12: a film whose only source is gone says so, and asking again finds it when it is back', async () => {
  await inCinema(async (cinema, viewer) => {
    const { askJson, bytesOf } = await letIn(viewer.newLaunchUrl())
    const [id = ''] = cinema.torrents.keys()
    const { nextEpisodeId } = (await askJson(`/api/works/made-up.${id}?language=en`)) as {
      nextEpisodeId: string | null
    }
    const play = async (): Promise<Film> =>
      (await askJson(`/api/works/made-up.${id}/play`, 'POST', {
        episodeId: nextEpisodeId,
        releaseId: null,
      })) as Film
    const status = async ({ streamId }: Film): Promise<Status> =>
      (await askJson(`/api/streams/${streamId}/status`)) as Status
    await cinema.stop()
    const first = await play()
    await until('no trouble is told', async () => (await status(first)).trouble !== null)
    const { trouble } = await status(first)
    assert.match(trouble?.kind ?? '', /^(?:nobody|unreachable|network-off)$/u)
    await cinema.start()
    const second = await play()
    assert.ok((await bytesOf(second.mediaUrl, signal)).length > 0)
    assert.equal((await status(second)).trouble, null)
  })
})

test('the start of the next episode waits for the one that plays, and is then here with nobody there', async () => {
  await inCinema(async (cinema, viewer) => {
    const { origin, ask, askJson, bytesOf } = await letIn(viewer.newLaunchUrl())
    const play = async (episodeId: string): Promise<Film> =>
      (await askJson('/api/works/made-up.night-ferry/play', 'POST', {
        episodeId,
        releaseId: null,
      })) as Film
    const first = await play('s1e1')
    const next = `/api/streams/${first.streamId}/next`
    await askJson(next, 'POST')
    await delay(1500)
    assert.equal(cinema.served(), 0, 'nobody has read the first one yet: all of it is missing')
    const { length } = await bytesOf(first.mediaUrl, signal)
    await until('nothing of the next one comes', async () => cinema.served() > length + 64 * 1024)
    await until('it comes and comes', async () => {
      const before = cinema.served()
      await delay(600)
      return cinema.served() === before
    })
    await cinema.stop()
    await ask(`/api/streams/${first.streamId}`, 'DELETE')
    const second = await play('s1e2')
    const answer = await fetch(origin + second.mediaUrl, {
      headers: { range: 'bytes=0-65535' },
      signal,
    })
    assert.equal((await answer.arrayBuffer()).byteLength, 65_536)
    assert.equal((await ask(next, 'POST')).status, 404, 'it ended with its stream')
  })
})
