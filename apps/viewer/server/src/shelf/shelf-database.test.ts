import { test } from 'node:test'
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { ShelfDatabase } from './shelf-database.ts'
import { SHELF_TABLES } from './shelf-schema.ts'

const HOUR_MS = 3_600_000
const film = { workId: 'starter.sintel', episodeId: null }

function openShelf(): { shelf: ShelfDatabase; wait: (ms: number) => void } {
  let nowMs = 1_000_000_000_000
  const database = new DatabaseSync(':memory:')
  database.exec(`PRAGMA foreign_keys = ON; ${SHELF_TABLES}`)
  return { shelf: new ShelfDatabase(database, () => nowMs), wait: (ms) => (nowMs += ms) }
}

test('a film is resumed where it was left', () => {
  const { shelf } = openShelf()
  shelf.recordProgress(film, 12.5, 888, 'Sintel')
  shelf.recordProgress(film, 211.5, 888, 'Sintel')
  assert.partialDeepStrictEqual(shelf.progressOf(['starter.sintel']), [
    { ...film, seconds: 211.5, watched: false, title: 'Sintel' },
  ])
  assert.equal(shelf.latest(10).length, 1)
})

test('a film seen to its credits is watched, and starts over next time', () => {
  const { shelf } = openShelf()
  shelf.recordProgress(film, 850, 888, 'Sintel')
  assert.partialDeepStrictEqual(shelf.progressOf(['starter.sintel']), [
    { seconds: 0, watched: true },
  ])
  shelf.recordProgress(film, 100, 888, 'Sintel')
  assert.partialDeepStrictEqual(shelf.progressOf(['starter.sintel']), [
    { seconds: 100, watched: true },
  ])
  assert.equal(shelf.watchedCount(), 1)
})

test('a glance at a film is no beginning and no history', () => {
  const { shelf } = openShelf()
  shelf.recordProgress(film, 2, 888, 'Sintel')
  assert.deepEqual(shelf.latest(10), [])
  assert.equal(shelf.history(0, 10).total, 0)
})

test('one sitting is one line of history, the next evening another', () => {
  const { shelf, wait } = openShelf()
  for (const seconds of [10, 20, 30]) {
    shelf.recordProgress(film, seconds, 888, 'Sintel')
    wait(10_000)
  }
  assert.equal(shelf.history(0, 10).total, 1)
  wait(24 * HOUR_MS)
  shelf.recordProgress(film, 40, 888, 'Sintel')
  const { entries } = shelf.history(0, 10)
  assert.equal(entries.length, 2)
  assert.ok((entries[0]?.watchedAtMs ?? 0) > (entries[1]?.watchedAtMs ?? 0))
  assert.equal(shelf.forgetSitting(entries[0]?.id ?? ''), true)
  assert.equal(shelf.forgetSitting(entries[0]?.id ?? ''), false)
  assert.equal(shelf.history(0, 10).total, 1)
})

test('of a series the episode that was played last is the one to carry on', () => {
  const { shelf, wait } = openShelf()
  for (const episodeId of ['s1e1', 's1e2']) {
    shelf.recordProgress({ workId: 'starter.ferry', episodeId }, 60, 600, 'The Night Ferry')
    wait(1)
  }
  shelf.recordProgress(film, 60, 888, 'Sintel')
  assert.deepEqual(
    shelf.latest(10).map(({ workId, episodeId }) => [workId, episodeId]),
    [
      ['starter.sintel', null],
      ['starter.ferry', 's1e2'],
    ],
  )
})

test('marking and unmarking a season changes its episodes alone', () => {
  const { shelf } = openShelf()
  const season = ['s1e1', 's1e2'].map((episodeId) => ({
    workId: 'starter.ferry',
    episodeId,
    title: 'The Night Ferry',
  }))
  shelf.recordProgress({ workId: 'starter.ferry', episodeId: 's2e1' }, 60, 600, 'The Night Ferry')
  shelf.setWatched(season, true)
  assert.equal(shelf.watchedCount(), 2)
  shelf.setWatched(season, false)
  assert.equal(shelf.watchedCount(), 0)
  assert.equal(
    shelf.progressOf(['starter.ferry']).find((each) => each.seconds === 60)?.episodeId,
    's2e1',
  )
})

test('lists keep their order, have names of their own and go with their works', () => {
  const { shelf } = openShelf()
  const id = shelf.addList('Rainy days') ?? ''
  assert.equal(shelf.addList('Rainy days'), null)
  for (const workId of ['b', 'a', 'c', 'a']) assert.equal(shelf.putOnList(id, workId), true)
  assert.deepEqual(shelf.lists()[0]?.workIds, ['b', 'a', 'c'])
  assert.equal(shelf.takeOffList(id, 'a'), true)
  assert.equal(shelf.takeOffList(id, 'a'), false)
  assert.equal(shelf.renameList(id, 'Sunny days'), 'renamed')
  assert.equal(shelf.renameList('99', 'Nothing'), 'unknown')
  const other = shelf.addList('Rainy days') ?? ''
  assert.equal(shelf.renameList(other, 'Sunny days'), 'taken')
  assert.equal(shelf.putOnList('99', 'a'), false)
  assert.equal(shelf.removeList(id), true)
  assert.deepEqual(
    shelf.lists().map(({ name }) => name),
    ['Rainy days'],
  )
})

test('what was exported comes back whole on another shelf, and twice is once', () => {
  const { shelf, wait } = openShelf()
  shelf.recordProgress(film, 211, 888, 'Sintel')
  shelf.setWatched([{ workId: 'starter.ferry', episodeId: 's1e1', title: 'Ferry' }], true)
  shelf.setFavourite('starter.sintel', true)
  wait(5)
  shelf.setFavourite('starter.ferry', true)
  shelf.putOnList(shelf.addList('Rainy days') ?? '', 'starter.sintel')
  const file = shelf.exportFile()
  const other = openShelf().shelf
  assert.deepEqual(other.importFile(file), { progress: 2, favourites: 2, lists: 1, history: 1 })
  assert.deepEqual(other.exportFile(), file)
  assert.deepEqual(other.importFile(file), { progress: 0, favourites: 0, lists: 0, history: 0 })
  assert.deepEqual(other.favourites(), ['starter.ferry', 'starter.sintel'])
})

test('an import never puts an older place over a newer one, and takes nothing away', () => {
  const { shelf, wait } = openShelf()
  shelf.recordProgress(film, 100, 888, 'Sintel')
  const older = shelf.exportFile()
  wait(HOUR_MS)
  shelf.recordProgress(film, 300, 888, 'Sintel')
  shelf.setFavourite('starter.ferry', true)
  assert.equal(shelf.importFile(older)?.progress, 0)
  assert.equal(shelf.progressOf(['starter.sintel'])[0]?.seconds, 300)
  assert.deepEqual(shelf.favourites(), ['starter.ferry'])
})
