import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { parseSubtitles } from '@matinee/media'
import { CueLine } from '../cue-line.ts'
import type { SubtitleState } from '../subtitle-desk.ts'
import { USUAL_LOOK } from '../subtitle-look.ts'
import { IN_STEP } from '../subtitle-timing.ts'
import { castCaptions } from './cast-captions.ts'

const { cues } = parseSubtitles(
  utf8Bytes(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nEarly.\n\n00:00:10.000 --> 00:00:12.000\nLate.\n',
  ),
)
const SHOWN: SubtitleState = {
  tracks: [{ id: 'a', label: 'Français', language: 'fr', isForced: false, charset: null }],
  chosenId: 'a',
  line: new CueLine(cues),
  timing: IN_STEP,
  secondId: null,
  secondLine: null,
  secondTiming: IN_STEP,
  fault: null,
}

test('subtitles go along moved, stretched and looking as they are here; what would be over before the start is left out', () => {
  const timing = { delayMs: -4000, stretch: 1.02 }
  const look = { ...USUAL_LOOK, size: 'huge', colour: 'yellow', background: 'outline' } as const
  const captions = castCaptions({ ...SHOWN, timing }, look)
  assert.ok(captions)
  assert.match(captions.vtt, /^WEBVTT\n\n00:00:06\.200 --> 00:00:08\.240[^\n]*\nLate\.\n$/u)
  assert.equal(captions.label, 'Français')
  assert.equal(captions.language, 'fr')
  assert.deepEqual(captions.style, { scale: 1.7, colour: '#ffe25a', background: 'outline' })
})

test('no subtitles go along when none are shown, or while they are read', () => {
  assert.equal(castCaptions({ ...SHOWN, chosenId: null }, USUAL_LOOK), null)
  assert.equal(castCaptions({ ...SHOWN, line: null }, USUAL_LOOK), null)
})
