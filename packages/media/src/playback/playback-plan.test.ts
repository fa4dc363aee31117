import { test } from 'node:test'
import assert from 'node:assert/strict'
import {
  askAbilities,
  codecWords,
  planPlayback,
  type ContainerTrack,
  type LocatedIndex,
  type PlaybackFacts,
} from '@matinee/media'

/** What Chromium says. */
const CHROMIUM = askAbilities(
  (type) => !/hvc1|ac-3|ec-3|dtsc|mlpa|mp4; codecs="(?:vp8|vorbis)"/u.test(type),
  (type) => /^audio\/mpeg$|avc1|av01|vp09|mp4a|opus|flac|webm; codecs="(?:vp8|vorbis)"/u.test(type),
)

function film(container: 'mp4' | 'matroska' | 'webm', ...codecs: string[]): LocatedIndex {
  const tracks = codecs.map((codec): ContainerTrack => {
    const isText = /^(?:srt|ass|S_)/u.test(codec)
    const isPicture = /^(?:avc1|hvc1|av01|vp|V_)/u.test(codec)
    const kind = isText ? 'subtitle' : isPicture ? 'video' : 'audio'
    return { kind, codec, language: 'eng', title: '' }
  })
  const index = {
    container,
    tracks,
    durationSeconds: 60,
    keyPoints: [],
    spans: [],
    averageBytesPerSecond: null,
    peakBytesPerSecond: null,
  }
  return { kind: 'found', index }
}

function plan(located: LocatedIndex, more: Partial<PlaybackFacts> = {}) {
  const machine = { hasFfmpeg: false, hasPlayer: false }
  const usual = { browser: CHROMIUM, machine, sound: null, hasOtherRelease: false }
  return planPlayback({ located, ...usual, ...more })
}

test('what a browser reads is played as it is, and taken apart for the text inside it or for another sound', () => {
  assert.deepEqual(plan(film('mp4', 'avc1.64001f', 'mp4a.40.2')), { kind: 'direct' })
  const remux = {
    kind: 'remux',
    picture: 'mp4',
    sound: { kind: 'copy', track: 0, container: 'mp4' },
  }
  assert.deepEqual(plan(film('matroska', 'avc1.64001f', 'mp4a.40.2', 'srt')), remux)
  const two = film('mp4', 'avc1.64001f', 'mp4a.40.2', 'mp4a.40.2')
  assert.deepEqual(plan(two, { sound: 1 }), { ...remux, sound: { ...remux.sound, track: 1 } })
  assert.deepEqual(plan(film('matroska', 'avc1.64001f', 'mp3', 'srt')), {
    ...remux,
    sound: { kind: 'copy', track: 0, container: 'mpeg' },
  })
})

test('sound that no browser decodes is made by ffmpeg; without it there is a sentence, never silence', () => {
  const ac3 = film('matroska', 'avc1.64001f', 'ac-3')
  const hasFfmpeg = { hasFfmpeg: true, hasPlayer: false }
  assert.deepEqual(plan(ac3, { machine: hasFfmpeg }), {
    kind: 'remux',
    picture: 'mp4',
    sound: { kind: 'transcode', track: 0, words: 'AC-3' },
  })
  assert.deepEqual(plan(ac3), {
    kind: 'elsewhere',
    why: { kind: 'sound', words: 'AC-3' },
    helps: ['ffmpeg'],
  })
  // A second sound of the same kind needs nobody.
  const twin = plan(film('matroska', 'avc1.64001f', 'ac-3', 'mp4a.40.2'))
  assert.equal(twin.kind === 'remux' && twin.sound.kind === 'copy' && twin.sound.track, 1)
})

test('a picture that would stay black is said by its name, with the players and releases that help', () => {
  const machine = { hasFfmpeg: true, hasPlayer: true }
  assert.deepEqual(
    plan(film('matroska', 'hvc1.1.6.L93.B0', 'mp4a.40.2'), { machine, hasOtherRelease: true }),
    { kind: 'elsewhere', why: { kind: 'picture', words: 'HEVC' }, helps: ['player', 'release'] },
  )
  assert.deepEqual(plan({ kind: 'refused', reason: 'unknown-container' }), {
    kind: 'elsewhere',
    why: { kind: 'container' },
    helps: [],
  })
  assert.equal(codecWords('V_MPEG2'), 'V_MPEG2')
  assert.equal(codecWords('\u202e<b>'), 'b')
})
