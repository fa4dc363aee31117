import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeRoom, type RoomWish } from './disk-budget.ts'

const OLD = 'a'.repeat(40)
const NEWER = 'b'.repeat(64)
const OPEN = 'c'.repeat(40)
const WISHED = 'd'.repeat(40)
const FILM_BYTES = 1_000_000

/** A media folder with films of a megabyte each, the first the oldest. */
async function withFilms(
  names: readonly string[],
  run: (wish: RoomWish, left: () => Promise<readonly string[]>) => Promise<void>,
): Promise<void> {
  const mediaFolder = await mkdtemp(join(tmpdir(), 'matinee-budget-'))
  try {
    for (const [at, name] of names.entries()) {
      const folder = join(mediaFolder, name)
      await mkdir(folder)
      await writeFile(join(folder, '0'), new Uint8Array(FILM_BYTES))
      const time = new Date(Date.UTC(2026, 0, 1 + at))
      await utimes(join(folder, '0'), time, time)
      await utimes(folder, time, time)
    }
    await run(
      {
        mediaFolder,
        budgetBytes: 3.5 * FILM_BYTES,
        torrent: WISHED,
        lengthBytes: FILM_BYTES,
        isOpen: (name) => name === OPEN,
        isKept: () => false,
      },
      async () => (await readdir(mediaFolder)).toSorted(),
    )
  } finally {
    await rm(mediaFolder, { recursive: true, force: true })
  }
}

test('as long as there is room, every film stays', () =>
  withFilms([OLD, NEWER], async (wish, left) => {
    assert.deepEqual((await makeRoom(wish)).gone, [])
    assert.deepEqual(await left(), [OLD, NEWER])
  }))

test('the film that nobody opened for longest goes first, and no more than is needed', () =>
  withFilms([OLD, NEWER, OPEN], async (wish, left) => {
    assert.deepEqual((await makeRoom(wish)).gone, [OLD])
    assert.deepEqual(await left(), [NEWER, OPEN])
  }))

test('a film that is open stays, however old it is', () =>
  withFilms([OPEN, OLD, NEWER], async (wish, left) => {
    assert.deepEqual((await makeRoom({ ...wish, budgetBytes: 1 })).gone, [OLD, NEWER])
    assert.deepEqual(await left(), [OPEN])
  }))

test('A1: a film that is kept stays, and counts among those that take room', () =>
  withFilms([OLD, NEWER], async (wish, left) => {
    const isKept = (name: string): boolean => name === OLD
    const { gone, closedBytes } = await makeRoom({ ...wish, budgetBytes: 1, isKept })
    assert.deepEqual(gone, [NEWER])
    assert.ok(closedBytes >= FILM_BYTES)
    assert.deepEqual(await left(), [OLD])
  }))

test('what is here of the wished film is neither taken nor counted twice', () =>
  withFilms([WISHED, OLD, NEWER], async (wish, left) => {
    assert.deepEqual((await makeRoom(wish)).gone, [])
    assert.deepEqual((await makeRoom({ ...wish, lengthBytes: 2 * FILM_BYTES })).gone, [OLD])
    assert.deepEqual(await left(), [NEWER, WISHED])
  }))

test('what is not a torrent of ours is never touched', () =>
  withFilms(['holidays', 'A'.repeat(40), OLD], async (wish, left) => {
    assert.deepEqual((await makeRoom({ ...wish, budgetBytes: 1 })).gone, [OLD])
    assert.deepEqual(await left(), ['A'.repeat(40), 'holidays'])
  }))

test('a folder that is not there yet has room', async () => {
  const { gone } = await makeRoom({
    mediaFolder: join(tmpdir(), 'matinee-no-such-folder'),
    budgetBytes: 1,
    torrent: WISHED,
    lengthBytes: 2,
    isOpen: () => false,
    isKept: () => false,
  })
  assert.deepEqual(gone, [])
})

test('what closed films take is told: the rest of the budget is for those that are open', () =>
  withFilms([WISHED, OPEN, OLD, NEWER], async (wish) => {
    const { closedBytes } = await makeRoom({ ...wish, budgetBytes: 3.5 * FILM_BYTES })
    assert.ok(closedBytes >= FILM_BYTES && closedBytes < 1.1 * FILM_BYTES, `${closedBytes}`)
  }))
