import type { StreamStatistics, StreamStatus } from '#api'
import type { Sentence, TextKey } from '../i18n/text-key.ts'
import type { PictureFacts } from './picture-facts.ts'
import type { PlayerState } from './player-state.ts'
import type { NumberWords } from './swarm-words.ts'
import { readyUntil } from './time-line.ts'

/** A line of the statistics. */
export interface StatisticsRow {
  readonly name: TextKey
  readonly value: Sentence
}

/** What is known; null = not yet. */
export interface StatisticsFacts {
  readonly picture: PictureFacts | null
  readonly state: Pick<PlayerState, 'ready' | 'positionSeconds'>
  readonly status: StreamStatus | null
  readonly torrent: StreamStatistics | null
}

/** The statistics, picture first. A line whose numbers aren't known isn't there. */
export function statisticsRows(
  { picture, state, status, torrent }: StatisticsFacts,
  words: NumberWords,
): readonly StatisticsRow[] {
  const rows: StatisticsRow[] = []
  const add = (name: TextKey, key: TextKey, values: Sentence['values']): void =>
    void rows.push({ name, value: { key, ...(values === undefined ? {} : { values }) } })
  if (picture !== null && picture.width > 0) {
    const { width, height, shownWidth, shownHeight, frames, droppedFrames } = picture
    add('statistics.picture', 'statistics.picture-size', {
      width,
      height,
      shownWidth,
      shownHeight,
    })
    add('statistics.frames', 'statistics.frames-dropped', { dropped: droppedFrames, count: frames })
  }
  const end = readyUntil(state.ready, state.positionSeconds)
  add('statistics.ahead', 'statistics.seconds', {
    seconds: Math.max(0, end - state.positionSeconds).toFixed(1),
  })
  if (status !== null) {
    const { people, bytes, rates } = status
    add('statistics.people', 'statistics.people-counts', { ...people })
    add('statistics.rates', 'statistics.rates-both', {
      down: words.rate(rates.downBytesPerSecond),
      up: words.rate(rates.upBytesPerSecond),
    })
    add('statistics.bytes', 'statistics.bytes-both', {
      have: words.size(bytes.have),
      length: words.size(bytes.length),
      received: words.size(bytes.received),
      passed: words.size(bytes.passedOn),
    })
  }
  if (torrent !== null) {
    add('statistics.pieces', 'statistics.pieces-had', {
      had: torrent.piecesHad,
      count: torrent.pieceCount,
      size: words.size(torrent.pieceLength),
    })
    add('statistics.wasted', 'statistics.size', { size: words.size(torrent.wastedBytes) })
    add('statistics.torrent', 'statistics.info-hash', { hash: torrent.infoHash })
  }
  return rows
}
