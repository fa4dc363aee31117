import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FilmPlan, FilmWay } from '#api'
import { madeFilm } from '../../test/made-film.ts'
import { settled } from '../../test/turned-clock.ts'
import { FilmWays } from './film-ways.ts'
import type { FilmStageOptions } from './remux/film-stage.ts'

const FILM = madeFilm('s1', 'r1')
const UNKNOWN = { ...FILM, plays: false }

const DIRECT: FilmPlan = { kind: 'direct' }
const ELSEWHERE: FilmPlan = {
  kind: 'elsewhere',
  why: { kind: 'container' },
  helps: ['player', 'release'],
}
const apart = (track: number): FilmPlan => ({
  kind: 'remux',
  picture: 'mp4',
  sound: { kind: 'transcode', track, words: 'AC-3', type: 'audio/mp4' },
})

function wayOf(plan: FilmPlan): FilmWay {
  return {
    plan,
    sounds: ['AAC', 'AC-3'].map((words) => ({ language: null, label: null, title: '', words })),
    unreadSubtitles: 0,
    durationSeconds: 61,
    players: [{ id: 'vlc', name: 'VLC' }],
  }
}

/** A film's ways, with a server that answers when it's told to, and stages that are open or not. */
function playing(t: { after(run: () => void): void }) {
  // A page has an address, to which that of a film is relative.
  const location = { value: { href: 'http://127.0.0.1:8580/watch' }, configurable: true }
  Object.defineProperty(globalThis, 'location', location)
  t.after(() => Reflect.deleteProperty(globalThis, 'location'))
  const asked: { readonly sound: number | null; answer(way: FilmWay | Error): Promise<void> }[] = []
  const stages: { readonly options: FilmStageOptions; isOpen: boolean }[] = []
  const broken: string[] = []
  const opened: string[] = []
  const element: HTMLVideoElement = Object.create(null)
  let hasPlayer = true
  const ways = new FilmWays({
    server: {
      way: (_streamId, { sound }) => {
        const answer = Promise.withResolvers<FilmWay>()
        asked.push({
          sound,
          answer: (way) => {
            if (way instanceof Error) answer.reject(way)
            else answer.resolve(way)
            return settled()
          },
        })
        return answer.promise
      },
      sound: () => assert.fail('nobody listens'),
      openPlayer: async (_streamId, { player, fromSeconds }) => {
        opened.push(`${player} ${fromSeconds}`)
        if (!hasPlayer) throw new TypeError('refused')
      },
    },
    browser: () => ({
      files: { mp4: [], webm: [], matroska: [] },
      pieces: { mp4: [], webm: [], mpeg: [] },
    }),
    video: () => element,
    positionSeconds: () => 17,
    openStage: (options) => {
      const stage = { options, isOpen: true }
      stages.push(stage)
      return { url: `blob:${stages.length}`, close: () => void (stage.isOpen = false) }
    },
    subtitles: { onCues: () => undefined, onSubtitles: () => undefined },
    onBroken: (why) => void broken.push(why),
  })
  return {
    ways,
    asked,
    stages,
    broken,
    opened,
    losePlayer: () => void (hasPlayer = false),
    openStages: () => stages.map(({ isOpen }) => isOpen),
    answer: (way: FilmWay | Error) => asked.at(-1)?.answer(way) ?? assert.fail('nobody asked'),
  }
}

const DIRECTLY = { kind: 'playing', url: '/media/s1/0', sound: null }

test('a film that its record says plays begins at once, and is looked at once while it plays', async (t) => {
  const { ways, asked, answer } = playing(t)
  ways.begin(FILM)
  assert.deepEqual(ways.state.way, DIRECTLY)
  assert.equal(asked.length, 0)
  ways.playing()
  ways.playing()
  assert.equal(asked.length, 1)
  await answer(wayOf(DIRECT))
  ways.playing()
  ways.refused()
  assert.equal(asked.length, 1)
  assert.deepEqual(ways.state.way, DIRECTLY)
  assert.equal(ways.state.sounds.length, 2)
})

test('of a film that nobody vouches for the tracks are looked at before it begins', async (t) => {
  const { ways, answer } = playing(t)
  let changes = 0
  ways.subscribe(() => void changes++)
  ways.begin(UNKNOWN)
  assert.equal(ways.state.way.kind, 'asking')
  await answer(wayOf(DIRECT))
  assert.deepEqual(ways.state.way, DIRECTLY)
  assert.equal(changes, 2)
})

test('a server that does not answer ends a film that waits for it', async (t) => {
  const { ways, broken, answer } = playing(t)
  ways.begin(UNKNOWN)
  await answer(new TypeError('network error'))
  assert.deepEqual(broken, ['network'])
})

test('a server that does not answer leaves a film that plays alone, and is asked again later', async (t) => {
  const { ways, asked, broken, answer } = playing(t)
  ways.begin(FILM)
  ways.playing()
  await answer(new TypeError('network error'))
  assert.deepEqual(broken, [])
  assert.deepEqual(ways.state.way, DIRECTLY)
  ways.playing()
  assert.equal(asked.length, 2)
})

test('a film that the browser gave up on is looked at', async (t) => {
  const { ways, broken, answer } = playing(t)
  ways.begin(FILM)
  ways.refused()
  await answer(wayOf(ELSEWHERE))
  assert.equal(ways.state.way.kind, 'elsewhere')
  assert.deepEqual(broken, ['format'])
})

test('of two sounds chosen at once the later one plays, whichever answer comes first', async (t) => {
  const { ways, asked, stages } = playing(t)
  ways.begin(FILM)
  ways.chooseSound(1)
  ways.chooseSound(0)
  assert.deepEqual([asked[0]?.sound, asked[1]?.sound], [1, 0])
  await asked[1]?.answer(wayOf(apart(0)))
  await asked[0]?.answer(wayOf(apart(1)))
  assert.equal(stages.length, 1)
  assert.equal(ways.state.soundAt, 0)
  assert.equal(ways.state.way.kind === 'playing' && ways.state.way.url, 'blob:1')
})

test('an answer of the film before says nothing of this one', async (t) => {
  const { ways, asked, stages, broken } = playing(t)
  ways.begin(UNKNOWN)
  ways.begin(madeFilm('s2', 'r2'))
  await asked[0]?.answer(wayOf(apart(0)))
  assert.deepEqual(ways.state.way, { ...DIRECTLY, url: '/media/s2/0' })
  assert.deepEqual([stages.length, broken.length], [0, 0])
})

test('a film is taken apart from where it is, and a new sound takes the place of the old', async (t) => {
  const { ways, stages, openStages, answer } = playing(t)
  ways.begin(UNKNOWN)
  await answer(wayOf(apart(0)))
  const { options } = stages[0] ?? assert.fail('no stage')
  assert.equal(options.startSeconds, 17)
  assert.equal(options.durationSeconds, 61)
  assert.equal(options.mediaUrl, 'http://127.0.0.1:8580/media/s1/0')
  ways.chooseSound(1)
  await answer(wayOf(apart(1)))
  assert.deepEqual(openStages(), [false, true])
  assert.equal(ways.state.soundAt, 1)
  ways.chooseSound(0)
  await answer(wayOf(DIRECT))
  assert.deepEqual(openStages(), [false, false])
  assert.deepEqual(ways.state.way, DIRECTLY)
})

test('the same release opened anew keeps the sound that was chosen, another one doesn’t', async (t) => {
  const { ways, asked, answer } = playing(t)
  ways.begin(FILM)
  ways.chooseSound(1)
  await answer(wayOf(apart(1)))
  ways.begin({ ...FILM, streamId: 's2' })
  assert.equal(ways.state.way.kind, 'asking')
  assert.equal(asked.at(-1)?.sound, 1)
  ways.begin({ ...FILM, releaseId: 'r2' })
  assert.deepEqual(ways.state.way, DIRECTLY)
})

test('a sound that nobody makes is said with what helps, and a stage that was left says nothing', async (t) => {
  const { ways, stages, openStages, broken, answer } = playing(t)
  ways.begin(UNKNOWN)
  await answer(wayOf(apart(0)))
  ways.chooseSound(1)
  await answer(wayOf(apart(1)))
  stages[0]?.options.onFailed('network')
  assert.deepEqual(broken, [])
  stages[1]?.options.onFailed('sound')
  assert.deepEqual(openStages(), [false, false])
  assert.deepEqual(broken, ['format'])
  const { way } = ways.state
  assert.deepEqual(way.kind === 'elsewhere' && [way.why, way.helps], [
    { kind: 'sound', words: 'AC-3' },
    ['ffmpeg'],
  ])
  ways.begin(UNKNOWN)
  await answer(wayOf(apart(0)))
  stages[2]?.options.onFailed('network')
  assert.deepEqual(broken, ['format', 'network'])
})

test('a player of this computer opens where the film is, or says that it didn’t', async (t) => {
  const { ways, opened, losePlayer, answer } = playing(t)
  ways.begin(UNKNOWN)
  await answer(wayOf(ELSEWHERE))
  const playerNow = (): unknown => ways.state.way.kind === 'elsewhere' && ways.state.way.player
  await ways.openIn({ id: 'vlc', name: 'VLC' })
  assert.deepEqual(opened, ['vlc 17'])
  assert.deepEqual(playerNow(), { name: 'VLC', isOpen: true })
  losePlayer()
  await ways.openIn({ id: 'vlc', name: 'VLC' })
  assert.deepEqual(playerNow(), { name: 'VLC', isOpen: false })
})

test('ways that are closed end their stage, and take no answer and tell nobody', async (t) => {
  const { ways, stages, openStages, broken, answer } = playing(t)
  let changes = 0
  ways.subscribe(() => void changes++)
  ways.begin(UNKNOWN)
  await answer(wayOf(apart(0)))
  ways.chooseSound(1)
  const before = changes
  ways.close()
  assert.deepEqual(openStages(), [false])
  await answer(wayOf(apart(1)))
  assert.equal(stages.length, 1)
  assert.equal(changes, before)
  assert.deepEqual(broken, [])
})
