import assert from 'node:assert/strict'
import { LIMITS, utf8Bytes, type Random } from '@matinee/base'
import {
  SubtitleError,
  assDrawing,
  parseSubtitles,
  plainText,
  writeVtt,
  type Cue,
  type Subtitles,
} from '@matinee/media'
import type { Fuzzer } from './fuzzer.ts'

const HEADS = [
  '',
  'WEBVTT\n\n',
  '[Script Info]\n[Events]\n',
  '[V4 Styles]\nStyle: a,1,2\n[Events]\n',
]
const PARTS = [
  '00:00:01.000 --> 00:00:02.000',
  '00:01,5 --> 00:03,25 line:5% position:101% align:end',
  '1:2:3.4 --> 99:59:59.9999',
  'Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,',
  'Format: Start, End, Text\n',
  '\n',
  '\n\n',
  '\r',
  '<i>',
  '</i>',
  '<b.x>',
  '<v A>',
  '<img src=x>',
  '{\\an8}',
  '{\\i1\\b1}',
  '{\\p1}',
  '{\\c&HFF&\\pos(1,2)}',
  '{\\t(0,5,\\fs1e9)',
  '\\clip(m 0 0 l 9',
  '{\\fnx\\r\\alpha&H}',
  'Style: b,Face,1e999,&H1',
  '{\\',
  '\\N',
  '&amp;',
  '&#123;',
  '&#10;',
  '&lt;',
  '-->',
  'NOTE',
  'STYLE',
  'word',
  ' ',
  '7',
  'привет',
  '\u0000',
  '\u2028',
  '🎬',
]

/** Files made of parts and of faults: a SubtitleError, or cues within their caps that survive WebVTT. */
export const subtitleFuzzer: Fuzzer = {
  name: 'subtitles',
  run(random) {
    let text = pick(random, HEADS)
    for (let count = random.below(40); count > 0; count--) text += pick(random, PARTS)
    const bytes = utf8Bytes(text)
    for (let count = random.below(4); count > 0; count--)
      bytes[random.below(bytes.length || 1)] = random.below(256)
    checkDrawing(text)
    const subtitles = parsed(bytes)
    if (!subtitles) return
    for (const cue of subtitles.cues) checkCue(cue)
    const written = parsed(utf8Bytes(writeVtt(subtitles.cues)))
    assert.deepEqual(written?.cues, subtitles.cues)
  },
}

/** What is drawn is made of what is drawn: read again it's the same, and nothing else ever stands in it. */
function checkDrawing(text: string): void {
  const drawing = assDrawing(text)
  if (drawing.kind === 'plain') return
  assert.deepEqual(assDrawing(drawing.script), drawing)
  for (const line of drawing.script.trimEnd().split('\n'))
    assert.match(
      line,
      /^(?:\[|ScriptType|PlayRes|LayoutRes|WrapStyle|Scaled|Format|Style|Dialogue)/u,
    )
  assert.doesNotMatch(drawing.script, /\\(?:fn|fe)|NaN|Infinity/u)
}

function parsed(bytes: Uint8Array): Subtitles | null {
  try {
    return parseSubtitles(bytes)
  } catch (error) {
    if (error instanceof SubtitleError) return null
    throw error
  }
}

function checkCue(cue: Cue): void {
  assert.ok(cue.startSeconds >= 0 && cue.startSeconds < cue.endSeconds)
  assert.ok(cue.lines.length > 0 && cue.lines.length <= LIMITS.cueLines)
  assert.ok(plainText(cue).length <= LIMITS.cueCharacters + LIMITS.cueLines)
  for (const run of cue.lines.flat()) {
    assert.notEqual(run.text, '')
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(run.text, /[\u0000-\u001f\u2028\u2029]/u)
  }
}

function pick(random: Random, choices: readonly string[]): string {
  return choices[random.below(choices.length)] ?? ''
}
