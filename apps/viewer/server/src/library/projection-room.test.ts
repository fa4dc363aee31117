import { SILENT_LOG, utf8Bytes } from '@matinee/base'
import { parseFeedId, parseRecord, type WorkRecord } from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { madeFeedFiles } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { MediaShelf } from '../media/media-shelf.ts'
import { ProjectionRoom } from './projection-room.ts'
import { OpenStreams } from './streams/open-streams.ts'
import type { TorrentHold } from './streams/torrent-desk.ts'
import type { Viewer } from './viewer.ts'

const REEL = new URL('../../../../../feeds/starter/records/test-reel.json', import.meta.url)

/** The reel's record with a second release, about which no rights entry says anything. */
function recordWithStrayRelease(): WorkRecord {
  const record = JSON.parse(readFileSync(REEL, 'utf8')) as { releases: object[] }
  const stray = JSON.parse(
    JSON.stringify({ ...record.releases[0], id: 'stray', infoHashes: { v2: 'cd'.repeat(32) } }),
  ) as object
  const parsed = parseRecord(
    utf8Bytes(JSON.stringify({ ...record, releases: [...record.releases, stray] })),
  )
  assert.equal(parsed.kind, 'record')
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

function madeSeries(): WorkRecord {
  const bytes = madeFeedFiles().get('records/night-ferry.json')
  assert.ok(bytes !== undefined)
  const parsed = parseRecord(bytes)
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

function roomWith(
  isOffered: boolean,
  record = recordWithStrayRelease(),
  watched: readonly string[] = [],
): { room: ProjectionRoom; held: string[] } {
  const feedId = parseFeedId('test')
  assert.ok(feedId !== null)
  const held: string[] = []
  const standing = { isOffered: true, isPlayed: true, isSeeded: true }
  const safety = { standing, decisions: [] }
  const pending = new Promise<never>(() => undefined)
  const room = new ProjectionRoom({
    window: { find: async () => ({ feedId, record, added: '2026-01-01', isOffered, safety }) },
    torrents: {
      hasCopy: async () => true,
      playsAlone: () => false,
      review: async () => undefined,
      hold: ({ id }): TorrentHold => {
        held.push(id)
        return {
          torrent: null,
          opened: pending,
          failure: null,
          keep: () => undefined,
          close: async () => undefined,
        }
      },
    },
    streams: new OpenStreams(new MediaShelf(), () => 0),
    shelf: {
      progressOf: async ([workId = '']) =>
        watched.map((episodeId, at) => ({
          workId,
          episodeId,
          seconds: 0,
          durationSeconds: 10,
          watched: true,
          title: '',
          changedAtMs: at,
        })),
    },
    log: SILENT_LOG,
  })
  return { room, held }
}

const today = parseCalendarDate('2026-11-21')
assert.ok(today !== null)
const viewer: Viewer = { languages: ['en'], language: 'en', territory: null, today }

test('the release that suits best is played, with what belongs to it', async () => {
  const { room, held } = roomWith(true)
  const film = await room.play('test.reel', { episodeId: null, releaseId: null }, viewer)
  assert.ok(film !== null && film !== 'busy')
  assert.deepEqual(held, ['reel'])
  assert.equal(film.releaseId, 'reel')
  assert.deepEqual(
    film.captions.map(({ label }) => label),
    ['English', 'Français'],
  )
  assert.match(film.attribution, /Matinee/u)
})

/** The reel's record with sound beside its film: an audio description, a commentary. */
function describedRecord(): WorkRecord {
  const record = JSON.parse(readFileSync(REEL, 'utf8')) as { releases: object[] }
  const audio = (use: string, digit: string): object => ({
    path: `${use}.webm`,
    length: 1000,
    root: digit.repeat(64),
    language: 'fr',
    use,
  })
  const audios = [audio('commentary', 'a'), audio('description', 'b')]
  const releases = record.releases.map((release) => ({ ...release, audios }))
  const parsed = parseRecord(utf8Bytes(JSON.stringify({ ...record, releases })))
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

test('audio description comes with its film, and other sound beside it does not', async () => {
  const { room } = roomWith(true, describedRecord())
  const film = await room.play('test.reel', { episodeId: null, releaseId: null }, viewer)
  assert.ok(film !== null && film !== 'busy')
  assert.deepEqual(
    film.descriptions.map(({ language, label }) => [language, label]),
    [['fr', 'Français']],
  )
  assert.match(film.descriptions[0]?.url ?? '', /^\/media\/[\w-]+\/\d+$/u)
})

test('a series is played at the first episode that was not watched; after the last one, from the first', async () => {
  const playedAfter = async (watched: readonly string[]): Promise<string | null> => {
    const { room } = roomWith(true, madeSeries(), watched)
    const film = await room.play('test.ferry', { episodeId: null, releaseId: null }, viewer)
    assert.ok(film !== null && film !== 'busy')
    return film.episodeId
  }
  assert.equal(await playedAfter([]), 's1e1')
  assert.equal(await playedAfter(['s1e1']), 's1e2')
  assert.equal(await playedAfter(['s1e1', 's1e2', 's1e3']), 's1e1')
})

test('O1: nothing is begun for a work that is not offered, whatever its record says', async () => {
  const { room, held } = roomWith(false)
  assert.equal(
    await room.begin('test.reel', { episodeId: null, releaseId: null }, viewer, 'now'),
    null,
  )
  assert.deepEqual(held, [])
})

test('O1: a release that no right covers is not begun, also when it is named', async () => {
  const { room, held } = roomWith(true)
  assert.equal(
    await room.begin('test.reel', { episodeId: null, releaseId: 'stray' }, viewer, 'now'),
    null,
  )
  assert.equal(
    await room.begin('test.reel', { episodeId: 's1e1', releaseId: null }, viewer, 'now'),
    null,
  )
  assert.deepEqual(held, [])
})
