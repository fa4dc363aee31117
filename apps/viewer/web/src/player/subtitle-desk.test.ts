import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parseSubtitles, type Cue } from '@matinee/media'
import { settled } from '../../test/turned-clock.ts'
import { SubtitleDesk } from './subtitle-desk.ts'
import { NOTHING_KEPT, type TitleSubtitles } from './subtitle-memory.ts'
import { pickTrack, type SubtitleFault, type SubtitleTrack } from './subtitle-track.ts'

function track(id: string, language: string, isForced = false): SubtitleTrack {
  return { id, label: id, language, isForced, charset: null }
}

const TRACKS = [track('en', 'en'), track('fr forced', 'fr', true), track('fr', 'fr-CA')]

class Fault extends Error {
  readonly fault: SubtitleFault
  constructor(fault: SubtitleFault) {
    super(fault)
    this.fault = fault
  }
}

function cuesOf(words: string): readonly Cue[] {
  const text = `1\n00:00:01,000 --> 00:00:02,000\n${words}\n`
  return parseSubtitles(new TextEncoder().encode(text)).cues
}

function stage(remembered: TitleSubtitles = NOTHING_KEPT) {
  const kept = { title: remembered }
  const waiting = new Map<string, (cues: readonly Cue[] | Fault) => void>()
  const desk = new SubtitleDesk(
    {
      read: (id) =>
        new Promise((resolve, reject) => {
          waiting.set(id, (given) =>
            given instanceof Fault ? reject(given) : resolve({ cues: given, drawing: null }),
          )
        }),
      async readFile(file, charset) {
        const text = new TextDecoder().decode(await file.bytes())
        if (text === 'zip') throw new Fault('compressed')
        return { charset: charset ?? 'windows-1252', cues: cuesOf(text), drawing: null }
      },
      faultOf: (error) => (error instanceof Fault ? error.fault : 'lost'),
    },
    { title: () => kept.title, keep: (title) => void (kept.title = title) },
  )
  const begin = (tracks: readonly SubtitleTrack[], wished: string | null, lastId: string | null) =>
    desk.begin({ releaseId: 'hd', tracks, wished, lastId })
  const arrive = async (id: string, given: readonly Cue[] | Fault): Promise<void> => {
    waiting.get(id)?.(given)
    await settled()
  }
  const shown = (line = desk.state.line): string | undefined =>
    line
      ?.at(1.5)[0]
      ?.lines[0]?.map(({ text }) => text)
      .join('')
  return { desk, begin, arrive, shown, kept }
}

function file(name: string, text: string) {
  return { name, bytes: async () => new TextEncoder().encode(text) }
}

test('the first wished language that is there is chosen, whole subtitles before the foreign parts only', () => {
  assert.equal(pickTrack(TRACKS, ['de', 'fr', 'en']), 'fr')
  assert.equal(pickTrack([track('a', 'fr', true)], ['fr']), 'a')
  assert.equal(pickTrack(TRACKS, ['frr']), null)
  assert.equal(pickTrack(TRACKS, []), null)
})

test('on and off go back to the subtitles of before, first to the viewer’s language', async () => {
  const { desk, begin, arrive, shown } = stage()
  begin(TRACKS, null, 'fr')
  assert.equal(desk.state.chosenId, null)
  desk.act({ kind: 'toggle-subtitles' })
  assert.equal(desk.state.chosenId, 'fr')
  await arrive('fr', cuesOf('Bonjour'))
  assert.equal(shown(), 'Bonjour')
  desk.act({ kind: 'subtitles-to', trackId: 'en' })
  desk.act({ kind: 'toggle-subtitles' })
  assert.equal(desk.state.line, null)
  desk.act({ kind: 'toggle-subtitles' })
  assert.equal(desk.state.chosenId, 'en')
})

test('subtitles that come late don’t take the place of those chosen since', async () => {
  const { desk, begin, arrive, shown } = stage()
  begin(TRACKS, 'fr', 'fr')
  desk.act({ kind: 'subtitles-to', trackId: 'en' })
  await arrive('en', cuesOf('Hello'))
  await arrive('fr', cuesOf('Bonjour'))
  assert.equal(shown(), 'Hello')
})

test('the viewer’s own file is shown at once and stays when the film is opened anew', async () => {
  const { desk, begin, shown } = stage()
  begin(TRACKS, null, 'en')
  await desk.add(file('mine.srt', 'Mine'))
  assert.equal(shown(), 'Mine')
  assert.equal(desk.state.tracks.at(-1)?.charset, 'windows-1252')
  begin(TRACKS, null, 'en')
  assert.equal(shown(), 'Mine')
})

test('S5: a bad file is named with its fault, and the subtitles of before stay', async () => {
  const { desk, begin, arrive, shown } = stage()
  begin(TRACKS, 'en', 'en')
  await arrive('en', cuesOf('Hello'))
  await desk.add(file('subs.zip', 'zip'))
  assert.deepEqual(desk.state.fault, { fault: 'compressed', name: 'subs.zip' })
  assert.equal(shown(), 'Hello')
  desk.act({ kind: 'toggle-subtitles' })
  assert.equal(desk.state.fault, null)
})

test('subtitles that don’t arrive say so, and choosing them again asks again', async () => {
  const { desk, begin, arrive, shown } = stage()
  begin(TRACKS, 'en', 'en')
  await arrive('en', new Fault('lost'))
  assert.deepEqual(desk.state.fault, { fault: 'lost', name: 'en' })
  desk.act({ kind: 'subtitles-to', trackId: 'en' })
  await arrive('en', cuesOf('Hello'))
  assert.equal(shown(), 'Hello')
})

test('the delay goes in steps of 50 ms, both ways, and back to nothing', () => {
  const { desk, begin } = stage()
  begin(TRACKS, 'en', null)
  for (let step = 0; step < 7; step++) desk.act({ kind: 'delay-by', step: 1 })
  assert.equal(desk.state.timing.delayMs, 350)
  desk.act({ kind: 'reset-timing' })
  desk.act({ kind: 'delay-by', step: -1 })
  assert.equal(desk.state.timing.delayMs, -50)
})

test('S3: files beyond the twentieth push out the first', async () => {
  const { desk, begin } = stage()
  begin([], null, null)
  for (let count = 0; count < 25; count++) await desk.add(file(`${count}.srt`, 'x'))
  assert.equal(desk.state.tracks.length, 20)
  assert.equal(desk.state.tracks[0]?.label, '5.srt')
})

test('two languages show at once, and never the same twice', async () => {
  const { desk, begin, arrive, shown } = stage()
  begin(TRACKS, 'en', 'en')
  await arrive('en', cuesOf('Hello'))
  desk.act({ kind: 'second-to', trackId: 'fr' })
  await arrive('fr', cuesOf('Bonjour'))
  assert.equal(shown(), 'Hello')
  assert.equal(shown(desk.state.secondLine), 'Bonjour')
  desk.act({ kind: 'subtitles-to', trackId: 'fr' })
  assert.equal(desk.state.secondId, null)
  desk.act({ kind: 'second-to', trackId: 'fr' })
  assert.equal(desk.state.secondId, null)
})

test('one heard line puts the subtitles in step, and each track keeps its own timing', () => {
  const { desk, begin } = stage()
  begin(TRACKS, 'en', 'en')
  desk.act({ kind: 'heard', heard: { cueSeconds: 10, filmSeconds: 12.5 } })
  assert.deepEqual(desk.state.timing, { delayMs: 2500, stretch: 1 })
  desk.act({ kind: 'subtitles-to', trackId: 'fr' })
  assert.equal(desk.state.timing.delayMs, 0)
  desk.act({ kind: 'subtitles-to', trackId: 'en' })
  assert.equal(desk.state.timing.delayMs, 2500)
})

test('a second heard line far away sets the speed; one nearby takes the place of a slip', () => {
  const { desk, begin } = stage()
  begin(TRACKS, 'en', 'en')
  const hear = (cueSeconds: number, filmSeconds: number): void =>
    desk.act({ kind: 'heard', heard: { cueSeconds, filmSeconds } })
  hear(10, 30)
  hear(12, 12)
  hear(1012, 1052)
  assert.equal(desk.state.timing.stretch, 1.04)
})

test('a title comes back with its language, its second one and its timing', async () => {
  const before = stage()
  before.begin(TRACKS, 'en', 'en')
  before.desk.act({ kind: 'subtitles-to', trackId: 'fr' })
  before.desk.act({ kind: 'second-to', trackId: 'en' })
  before.desk.act({ kind: 'delay-by', step: 1 })
  const { desk, begin, kept } = stage(before.kept.title)
  begin(TRACKS, 'en', 'en')
  assert.equal(desk.state.chosenId, 'fr')
  assert.equal(desk.state.secondId, 'en')
  assert.equal(desk.state.timing.delayMs, 50)
  desk.act({ kind: 'toggle-subtitles' })
  const off = stage(kept.title)
  off.begin(TRACKS, 'en', 'en')
  assert.equal(off.desk.state.chosenId, null)
})

test('an own file is read again with the charset that the viewer says', async () => {
  const { desk, begin } = stage()
  begin(TRACKS, null, 'en')
  await desk.add(file('mine.srt', 'Mine'))
  desk.act({ kind: 'charset-to', charset: 'koi8-r' })
  await settled()
  assert.equal(desk.state.tracks.at(-1)?.charset, 'koi8-r')
  assert.equal(desk.state.tracks.filter(({ charset }) => charset !== null).length, 1)
})
