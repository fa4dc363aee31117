import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { ReleaseCard } from '#api'
import { offeredReleases } from './offered-releases.ts'

function release(id: string, lengthBytes: number | null, plays = true): ReleaseCard {
  return {
    id,
    label: id,
    kind: 'release',
    lengthBytes,
    height: null,
    languages: [],
    subtitles: [],
    descriptions: [],
    plays,
    webSeedCount: 0,
  }
}

const RELEASES = [
  release('1080p', 4_000),
  release('2160p', 16_000),
  release('480p', 700),
  release('old', 500, false),
  release('720p', 2_000),
  release('unknown', null),
  release('360p', 300),
  release('240p', 100),
]

const namesOf = (playing: string, isTooSlow: boolean): readonly string[] =>
  offeredReleases(RELEASES, playing, isTooSlow).map(({ id }) => id)

test('A19: in place of a film that comes too slowly smaller ones are offered, the largest of them first', () => {
  assert.deepEqual(namesOf('1080p', true), ['720p', '480p', '360p'])
  assert.deepEqual(namesOf('240p', true), [])
})

test('in place of a film that doesn’t come at all any other that plays is offered, three at most', () => {
  assert.deepEqual(namesOf('1080p', false), ['2160p', '480p', '720p'])
})
