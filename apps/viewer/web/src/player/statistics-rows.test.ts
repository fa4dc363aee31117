import { test } from 'node:test'
import assert from 'node:assert/strict'
import { statisticsRows } from './statistics-rows.ts'
import { numberWords } from './swarm-words.ts'

const state = { ready: [{ start: 0, end: 12.34 }], positionSeconds: 2 }

test('only what is known has a line', () => {
  const nothing = statisticsRows(
    { picture: null, state, status: null, torrent: null },
    numberWords('en'),
  )
  assert.deepEqual(nothing, [
    { name: 'statistics.ahead', value: { key: 'statistics.seconds', values: { seconds: '10.3' } } },
  ])
  const picture = {
    width: 1280,
    height: 720,
    shownWidth: 640,
    shownHeight: 360,
    frames: 100,
    droppedFrames: 3,
  }
  const torrent = {
    infoHash: 'ab'.repeat(20),
    peers: [],
    trackers: [],
    pieceLength: 1_000_000,
    pieceCount: 10,
    piecesHad: 4,
    wastedBytes: 0,
  }
  const names = statisticsRows({ picture, state, status: null, torrent }, numberWords('en')).map(
    ({ name }) => name,
  )
  assert.deepEqual(names, [
    'statistics.picture',
    'statistics.frames',
    'statistics.ahead',
    'statistics.pieces',
    'statistics.wasted',
    'statistics.torrent',
  ])
})
