import fc from 'fast-check'
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { sealShelf } from './sealed-shelf.ts'
import { ShelfDatabase } from './shelf-database.ts'
import { decodeShelfEntries, type ShelfEntry } from './shelf-entries.ts'
import { decodeShelfJson, encodeShelfJson } from './shelf-json.ts'
import { SHELF_TABLES } from './shelf-schema.ts'
import { SUMMARY_PLACES } from './shelf-summary.ts'

const START_MS = 1_800_000_000_000
const HOUR_MS = 3_600_000
const PASSPHRASE = 'seven lamps in the foyer'
const WORKS = ['a.one', 'a.two', 'a.three'] as const

/** A shelf on a device of its own, whose clock is wrong by `skewMs`. */
function device(skewMs = 0): { shelf: ShelfDatabase; wait: (ms: number) => void } {
  let nowMs = START_MS + skewMs
  const database = new DatabaseSync(':memory:')
  database.exec(`PRAGMA foreign_keys = ON; ${SHELF_TABLES}`)
  return { shelf: new ShelfDatabase(database, () => nowMs), wait: (ms) => void (nowMs += ms) }
}

const everythingOf = (shelf: ShelfDatabase): Uint8Array =>
  shelf.entriesAt(Array.from({ length: SUMMARY_PLACES }, (_, place) => place))

const entriesOf = (shelf: ShelfDatabase): readonly ShelfEntry[] =>
  (decodeShelfEntries(everythingOf(shelf)) ?? []).toSorted(byText)

/** Both know what the other knew. */
function meet(a: ShelfDatabase, b: ShelfDatabase): void {
  const before = everythingOf(a)
  a.merge(everythingOf(b))
  b.merge(before)
}

/** What somebody sees of a shelf; ids are a device's own. */
function seen(shelf: ShelfDatabase): unknown {
  return {
    favourites: shelf.favourites().toSorted(),
    lists: shelf
      .lists()
      .map(({ name, workIds }) => ({ name, workIds: workIds.toSorted() }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    progress: shelf
      .progressOf(WORKS)
      .toSorted((a, b) => (a.workId + a.episodeId < b.workId + b.episodeId ? -1 : 1)),
    history: shelf
      .history(0, 100)
      .entries.map(({ workId, watchedAtMs }) => `${workId} ${watchedAtMs}`)
      .toSorted(),
  }
}

type Act = (shelf: ShelfDatabase) => void
const work = fc.constantFrom(...WORKS)
const name = fc.constantFrom('Sunday', 'Rain')
const withList = (wanted: string, act: (id: string) => void, shelf: ShelfDatabase): void => {
  const found = shelf.lists().find((each) => each.name === wanted)
  if (found !== undefined) act(found.id)
}
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(work, fc.boolean()).map(
    ([id, is]): Act =>
      (shelf) =>
        shelf.setFavourite(id, is),
  ),
  fc.tuple(work, fc.integer({ min: 0, max: 600 })).map(
    ([workId, seconds]): Act =>
      (shelf) =>
        shelf.recordProgress({ workId, episodeId: null }, seconds, 600, workId),
  ),
  fc.tuple(work, fc.boolean()).map(
    ([workId, is]): Act =>
      (shelf) =>
        shelf.setWatched([{ workId, episodeId: null, title: workId }], is),
  ),
  name.map(
    (wanted): Act =>
      (shelf) =>
        void shelf.addList(wanted),
  ),
  name.map(
    (wanted): Act =>
      (shelf) =>
        withList(wanted, (id) => shelf.removeList(id), shelf),
  ),
  name.map(
    (wanted): Act =>
      (shelf) =>
        withList(wanted, (id) => shelf.renameList(id, `${wanted} 2`), shelf),
  ),
  fc.tuple(name, work).map(
    ([wanted, id]): Act =>
      (shelf) =>
        withList(wanted, (listId) => shelf.putOnList(listId, id), shelf),
  ),
  fc.tuple(name, work).map(
    ([wanted, id]): Act =>
      (shelf) =>
        withList(wanted, (listId) => shelf.takeOffList(listId, id), shelf),
  ),
  fc.constant((shelf: ShelfDatabase) => shelf.forgetHistory()),
)

test('two devices that were used in any way and met show the same, whatever their clocks say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), act, fc.boolean()), { maxLength: 25 }),
      fc.constantFrom(0, -HOUR_MS, 400 * 24 * HOUR_MS),
      (steps, skewMs) => {
        const [here, there] = [device(), device(skewMs)]
        for (const [isHere, run, meets] of steps) {
          run(isHere ? here.shelf : there.shelf)
          here.wait(7)
          there.wait(7)
          if (meets) meet(here.shelf, there.shelf)
        }
        meet(here.shelf, there.shelf)
        assert.deepEqual(seen(here.shelf), seen(there.shelf))
        assert.deepEqual(entriesOf(here.shelf), entriesOf(there.shelf))
        assert.equal(here.shelf.merge(everythingOf(there.shelf)), 0, 'once more changes nothing')
      },
    ),
    { numRuns: 60 },
  )
})

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

test('what was removed on one device goes on the other, and doesn’t come back', () => {
  const [here, there] = [device(), device()]
  here.shelf.setFavourite('a.one', true)
  const list = here.shelf.addList('Sunday') ?? ''
  here.shelf.putOnList(list, 'a.one')
  meet(here.shelf, there.shelf)
  assert.deepEqual(there.shelf.favourites(), ['a.one'])
  const before = everythingOf(here.shelf)
  there.wait(10)
  there.shelf.setFavourite('a.one', false)
  there.shelf.removeList(there.shelf.lists()[0]?.id ?? '')
  meet(here.shelf, there.shelf)
  here.shelf.merge(before)
  assert.deepEqual(here.shelf.favourites(), [])
  assert.deepEqual(here.shelf.lists(), [])
})

test('a device whose clock is a year ahead doesn’t have the last word for a year', () => {
  const [here, there] = [device(), device(365 * 24 * HOUR_MS)]
  there.shelf.setFavourite('a.one', true)
  meet(here.shelf, there.shelf)
  here.wait(10)
  here.shelf.setFavourite('a.one', false)
  meet(here.shelf, there.shelf)
  assert.deepEqual(there.shelf.favourites(), [])
})

test('a sitting that was forgotten is forgotten everywhere, and what is remembered doesn’t say of what', () => {
  const [here, there] = [device(), device()]
  here.shelf.recordProgress({ workId: 'a.secret', episodeId: null }, 100, 600, 'Secret')
  meet(here.shelf, there.shelf)
  assert.equal(there.shelf.history(0, 10).total, 1)
  there.wait(10)
  there.shelf.forgetHistory()
  meet(here.shelf, there.shelf)
  assert.equal(here.shelf.history(0, 10).total, 0)
  const sittings = entriesOf(here.shelf).filter(({ kind }) => kind === 'sitting')
  assert.ok(sittings.length > 0 && !JSON.stringify(sittings).includes('secret'))
})

test('L9: what a sealed shelf holds is checked like any stranger’s file', () => {
  const { shelf } = device()
  const merged = (entry: object): number | string => {
    const entries = { type: 'matinee-shelf-entries', version: 1, entries: [entry] }
    const file = decodeShelfJson(sealShelf(encodeShelfJson(entries), PASSPHRASE))
    return shelf.mergeSealed(encodeShelfJson({ passphrase: PASSPHRASE, file }))
  }
  assert.equal(merged({ kind: 'listed', key: ['x'], atMs: -1, value: { place: 1 } }), 'bad-request')
  assert.equal(merged({ kind: 'progress', key: ['a', ''], atMs: 1, value: null }), 'bad-request')
  assert.equal(merged({ kind: 'favourite', key: ['a'], atMs: 1, value: { addedAtMs: 1 } }), 1)
  assert.deepEqual(shelf.favourites(), ['a'])
})

test('a shelf from before there was this is taken up whole', () => {
  const database = new DatabaseSync(':memory:')
  database.exec(`PRAGMA foreign_keys = ON; ${SHELF_TABLES}
    INSERT INTO progress VALUES ('a.one', '', 30, 600, 0, 'One', 5);
    INSERT INTO favourite VALUES ('a.two', 7);
    INSERT INTO list (name) VALUES ('Sunday');
    INSERT INTO list_work VALUES (1, 'a.one', 1);
    INSERT INTO history (work, episode, title, watched_at_ms) VALUES ('a.one', '', 'One', 5);`)
  const old = new ShelfDatabase(database, () => START_MS)
  assert.deepEqual(old.favourites(), ['a.two'])
  assert.deepEqual(old.lists()[0]?.workIds, ['a.one'])
  const { shelf } = device()
  assert.ok(Number(shelf.merge(everythingOf(old))) >= 5)
  assert.deepEqual(seen(shelf), seen(old))
})
