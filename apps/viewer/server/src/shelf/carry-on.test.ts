import { test } from 'node:test'
import assert from 'node:assert/strict'
import { episodeToSee } from './carry-on.ts'
import type { FilmProgress } from './film-progress.ts'
import type { ShelfEpisode } from './shelf-catalogue.ts'

const episodes: readonly ShelfEpisode[] = ['a', 'b', 'c'].map((id, at) => ({
  id,
  seasonId: 's1',
  seasonNumber: 1,
  number: at + 1,
  title: id,
  durationSeconds: 600,
}))

function seen(
  episodeId: string,
  seconds: number,
  watched: boolean,
  changedAtMs: number,
): FilmProgress {
  return { workId: 'w', episodeId, seconds, durationSeconds: 600, watched, title: '', changedAtMs }
}

test('a series that nobody began starts with its first episode', () => {
  assert.equal(episodeToSee(episodes, [])?.episode.id, 'a')
  assert.equal(episodeToSee([], []), null)
})

test('an episode that was begun comes first, where it was left', () => {
  const next = episodeToSee(episodes, [seen('a', 0, true, 1), seen('c', 90, false, 2)])
  assert.deepEqual([next?.episode.id, next?.seconds], ['c', 90])
})

test('after an episode comes the next one that was not watched', () => {
  assert.equal(episodeToSee(episodes, [seen('a', 0, true, 1)])?.episode.id, 'b')
  const skipped = [seen('b', 0, true, 1), seen('a', 0, true, 2)]
  assert.equal(episodeToSee(episodes, skipped)?.episode.id, 'c')
})

test('whoever began in the middle is led to the end, then to what was left out', () => {
  const progress = [seen('b', 0, true, 1), seen('c', 0, true, 2)]
  assert.equal(episodeToSee(episodes, progress)?.episode.id, 'a')
})

test('a series that was watched whole has nothing to carry on', () => {
  const progress = episodes.map(({ id }, at) => seen(id, 0, true, at))
  assert.equal(episodeToSee(episodes, progress), null)
  const unmarked = [...progress.slice(0, 2), seen('c', 0, false, 9)]
  assert.equal(episodeToSee(episodes, unmarked)?.episode.id, 'c')
})
