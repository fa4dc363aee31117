import { MINUTE_MS, SILENT_LOG, utf8Bytes } from '@matinee/base'
import { parseFeedId, parseRecord } from '@matinee/catalogue'
import type { Torrent } from '@matinee/engine'
import { parseCalendarDate } from '@matinee/rights'
import { FakeClock, FakeDisk, SeededRandom, madeWorks, nodeHash } from '@matinee/testkit'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSettings } from '../../settings/first-settings.ts'
import type { FoundWork } from '../shop-window.ts'
import { keyOf } from '../streams/torrent-source.ts'
import { GivingCount } from './giving-count.ts'
import { KeptDesk } from './kept-desk.ts'
import { KeptFile } from './kept-file.ts'

test('what is paused while its feed is asked is not begun', async () => {
  const asked = Promise.withResolvers<undefined>()
  const answer = Promise.withResolvers<FoundWork>()
  const stage = await openStage(() => {
    asked.resolve(undefined)
    return answer.promise
  })
  await using desk = stage.desk
  desk.start()
  await asked.promise
  const paused = desk.change(stage.torrent, { isPaused: true })
  // Until that is written down.
  await stage.file.writeIfDirty()
  answer.resolve(stage.found)
  assert.equal(await paused, true)
  assert.deepEqual(stage.calls, [])
  assert.deepEqual(
    desk.book.works.map(({ isPaused }) => isPaused),
    [true],
  )
})

test('A1: what is kept no more may make way once it cannot be taken back, though somebody watches it', async () => {
  const stage = await openStage(async () => null)
  await using desk = stage.desk
  assert.equal(await desk.remove(stage.torrent, false), true)
  assert.equal(desk.isKept(stage.torrent), true, 'it can be taken back')
  assert.equal(await desk.giveBack(stage.torrent), true)
  await stage.clock.advance(MINUTE_MS)
  assert.deepEqual(stage.calls, [])
  await desk.remove(stage.torrent, false)
  await stage.clock.advance(MINUTE_MS)
  assert.deepEqual(stage.calls, [`${stage.torrent} is kept no more`])
  assert.equal(desk.isKept(stage.torrent), false)
})

test('A1: what the disk refuses leaves what was kept, and what was leaving, as it was', async () => {
  const stage = await openStage(async () => null)
  await using desk = stage.desk
  stage.disk.capacityBytes = 0
  await assert.rejects(desk.remove(stage.torrent, true), { code: 'full' })
  assert.equal(desk.book.works.length, 1)
  await stage.clock.advance(MINUTE_MS)
  assert.deepEqual(stage.calls, [])
  stage.disk.capacityBytes = null
  await desk.remove(stage.torrent, false)
  stage.disk.capacityBytes = 0
  await assert.rejects(desk.giveBack(stage.torrent), { code: 'full' })
  stage.disk.capacityBytes = null
  assert.deepEqual(desk.book.works, [])
  assert.equal(await desk.giveBack(stage.torrent), true, 'it can still be taken back')
})

/** A desk that keeps one film, and what is done about its torrent. */
async function openStage(find: () => Promise<FoundWork | null>) {
  const found = foundWork()
  const [release] = found.record.releases
  const today = parseCalendarDate('2026-11-21')
  assert.ok(release && today)
  const disk = new FakeDisk()
  await disk.makeFolder('/data')
  const file = await KeptFile.open(disk, '/data', SILENT_LOG)
  const torrent = keyOf(release)
  await file.put({
    torrent,
    workId: 'made.film',
    releaseId: release.id,
    title: 'A film',
    episodeIds: null,
    isAdopted: false,
    isPaused: false,
    isWhole: false,
    bytes: 100,
    hereBytes: 0,
    takenBytes: 0,
    givenBytes: 0,
  })
  const clock = new FakeClock()
  const calls: string[] = []
  const desk = new KeptDesk({
    file,
    giving: new GivingCount(
      { clock, hash: nodeHash, random: new SeededRandom(1), isCounted: () => false },
      [],
    ),
    torrents: {
      torrents: async () => [],
      limitUpload: async () => undefined,
      letGo: async () => undefined,
      isHeldAlone: () => false,
      drop: async () => true,
      torrentOf: (name) =>
        Object.assign({} as Torrent, {
          keep: (isKept: boolean) =>
            void calls.push(`${name} ${isKept ? 'is kept' : 'is kept no more'}`),
        }),
      seedersOf: async () => null,
      uploadLimit: null,
      hold: () => {
        calls.push('held')
        const opened = new Promise<never>(() => undefined)
        return {
          torrent: null,
          opened,
          failure: null,
          keep: () => undefined,
          close: async () => undefined,
        }
      },
    },
    find,
    viewer: () => ({ territory: null, today, language: 'en', languages: ['en'] }),
    settings: () => firstSettings({ locale: 'en', mediaFolder: '/media', freeBytes: 1e12 }),
    isHungry: () => false,
    hasRoom: async () => true,
    hasNetwork: () => true,
    fetchPictures: async () => undefined,
    mediaFolder: '/media',
    clock,
    log: SILENT_LOG,
  })
  return { desk, file, disk, clock, found, torrent, calls }
}

function foundWork(): FoundWork {
  const [made] = madeWorks({ seed: 6, count: 1 })
  const parsed = parseRecord(utf8Bytes(JSON.stringify(made)))
  const feedId = parseFeedId('made')
  assert.ok(parsed.kind === 'record' && feedId !== null)
  const standing = { isOffered: true, isPlayed: true, isSeeded: true }
  const { record } = parsed
  return {
    feedId,
    record,
    added: '2026-01-01',
    isOffered: true,
    safety: { standing, decisions: [] },
  }
}
