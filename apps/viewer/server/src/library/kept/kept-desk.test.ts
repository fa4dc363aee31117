import { SILENT_LOG, utf8Bytes } from '@matinee/base'
import { parseFeedId, parseRecord } from '@matinee/catalogue'
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
  const asked = Promise.withResolvers<undefined>()
  const answer = Promise.withResolvers<FoundWork>()
  let held = 0
  await using desk = new KeptDesk({
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
      seedersOf: async () => null,
      uploadLimit: null,
      hold: () => {
        held++
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
    find: () => {
      asked.resolve(undefined)
      return answer.promise
    },
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
  desk.start()
  await asked.promise
  const paused = desk.change(torrent, { isPaused: true })
  answer.resolve(found)
  assert.equal(await paused, true)
  assert.equal(held, 0)
  assert.deepEqual(
    desk.book.works.map(({ isPaused }) => isPaused),
    [true],
  )
})

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
