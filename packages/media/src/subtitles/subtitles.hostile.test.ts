import { test } from 'node:test'
import assert from 'node:assert/strict'
import { LIMITS, MIB, utf8Bytes } from '@matinee/base'
import { cpuTimeOf } from '@matinee/testkit'
import { SubtitleError, parseSubtitles, plainText, writeVtt } from '../index.ts'

const TIMES = '00:00:01.000 --> 00:00:02.000'
const PAYLOADS = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<b onmouseover=alert(1)>bold</b>',
  String.raw`{\an8}<iframe src=//example.com></iframe>`,
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '<<b>script>alert(1)<</b>/script>',
  '<i<i>>x',
  '--> <img>',
]

function refusal(bytes: Uint8Array): string {
  try {
    parseSubtitles(bytes)
  } catch (error) {
    if (error instanceof SubtitleError) return error.code
    throw error
  }
  return 'read'
}

function everyFile(payload: string): string[] {
  return [
    `1\n${TIMES}\n${payload}\n`,
    `WEBVTT\n\n${TIMES}\n${payload}\n`,
    `[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,${payload}\n`,
  ]
}

test('S1: markup in a cue comes out as text, and goes into WebVTT with its brackets escaped', () => {
  for (const payload of PAYLOADS)
    for (const file of everyFile(payload)) {
      const { cues } = parseSubtitles(utf8Bytes(file))
      const body = writeVtt(cues).split(TIMES)[1] ?? ''
      assert.doesNotMatch(body, /<(?!\/?[ib]>)/u, `${payload} in ${file}`)
      assert.deepEqual(parseSubtitles(utf8Bytes(writeVtt(cues))).cues, cues)
    }
  const [cue] = parseSubtitles(utf8Bytes(`1\n${TIMES}\n${PAYLOADS[0]}\n`)).cues
  assert.equal(cue && plainText(cue), PAYLOADS[0])
})

test('S3: a file above 2 MiB is refused before it is looked at', () => {
  assert.equal(LIMITS.subtitleBytes, 2 * MIB)
  assert.equal(refusal(new Uint8Array(LIMITS.subtitleBytes + 1)), 'too-large')
})

test('S3: of more cues than 20 000 the rest is left out and counted', () => {
  let text = ''
  for (let at = 0; at < LIMITS.subtitleCues + 10; at++) {
    const clock = new Date(at * 1000).toISOString().slice(11, 23)
    text += `${clock} --> ${clock.slice(0, 8)}.900\nx\n\n`
  }
  const { cues, droppedCues } = parseSubtitles(utf8Bytes(text))
  assert.deepEqual([cues.length, droppedCues], [LIMITS.subtitleCues, 10])
})

test('S3: a cue of a thousand lines or a million letters keeps what a screen can show', () => {
  for (const payload of [
    'x\n'.repeat(1000),
    'y'.repeat(1_000_000),
    `<i>${'z'.repeat(900)}</i>\n`.repeat(7),
  ]) {
    const [cue] = parseSubtitles(utf8Bytes(`1\n${TIMES}\n${payload}`)).cues
    assert.ok(cue && cue.lines.length <= LIMITS.cueLines)
    assert.ok(plainText(cue).length <= LIMITS.cueCharacters + LIMITS.cueLines)
  }
  const dialogue = String.raw`a\N`.repeat(1000)
  const [cue] = parseSubtitles(utf8Bytes(everyFile(dialogue)[2] ?? '')).cues
  assert.ok(cue && cue.lines.length <= LIMITS.cueLines)
})

test('S3: cues that all last for ever fill the screen with sixteen, not with all', () => {
  const text = '00:00:01.000 --> 99:00:00.000\nx\n\n'.repeat(5000)
  const { cues, droppedCues } = parseSubtitles(utf8Bytes(text))
  assert.deepEqual([cues.length, droppedCues], [LIMITS.cuesAtOnce, 5000 - LIMITS.cuesAtOnce])
})

test('S3: cues with negative, backward, endless or senseless times are left out', () => {
  const times = [
    '-00:00:01,000 --> 00:00:02,000',
    '00:00:02,000 --> -00:00:03,000',
    '00:00:05,000 --> 00:00:05,000',
    '00:00:06,000 --> 00:00:05,000',
    '9007199254740993:00:00,000 --> 9007199254740993:00:01,000',
    '9999:00:00,000 --> 9999:00:01,000',
    'NaN:00:00,000 --> 00:00:01,000',
    '00:00:01,000 --> ',
  ]
  for (const timing of times)
    assert.equal(refusal(utf8Bytes(`1\n${timing}\nx\n`)), 'no-cues', timing)
  const dialogue = 'Format: Start, End, Text\nDialogue: -1:00:00.00,NaN,x\n'
  assert.equal(refusal(utf8Bytes(`[Events]\n${dialogue}`)), 'no-cues')
})

test('S3: text is free of control characters and of what breaks lines elsewhere', () => {
  const text = `a\u0000b\u001b[31mc\u2028d\u0085e\u007ff\tg`
  const [cue] = parseSubtitles(utf8Bytes(`1\n${TIMES}\n${text}\n`)).cues
  assert.equal(cue && plainText(cue), 'ab[31mcdef g')
})

test('S3: a mark of UTF-8 or UTF-16 is read by what it says; EBCDIC and torn UTF-16 are no subtitles', () => {
  const text = `1\n${TIMES}\nGood evening\n`
  const wide = (isLittle: boolean): Uint8Array => {
    const marked = `\ufeff${text}`
    const view = new DataView(new ArrayBuffer(2 * marked.length))
    for (let at = 0; at < marked.length; at++)
      view.setUint16(2 * at, marked.charCodeAt(at), isLittle)
    return new Uint8Array(view.buffer)
  }
  for (const bytes of [utf8Bytes(`\ufeff${text}`), wide(true), wide(false)]) {
    const [cue] = parseSubtitles(bytes).cues
    assert.equal(cue && plainText(cue), 'Good evening')
  }
  // "1", a line break and a time line as a mainframe writes them.
  const ebcdic = Uint8Array.fromHex(
    'f115f0f07af0f07af0f16bf0f0f040606e40f0f07af0f07af0f26bf0f0f015',
  )
  assert.equal(refusal(ebcdic), 'unknown-format')
  const torn = wide(true)
  assert.doesNotThrow(() => refusal(torn.subarray(0, torn.length - 1)))
})

test('S3: what is no subtitle is refused by name', () => {
  assert.equal(refusal(new Uint8Array(0)), 'unknown-format')
  assert.equal(refusal(utf8Bytes('hello')), 'unknown-format')
  assert.equal(refusal(utf8Bytes('WEBVTT\n')), 'no-cues')
  assert.equal(refusal(new Uint8Array(3000).fill(0x40)), 'unknown-format')
})

test('S5: gzip, zip, RAR, 7z and xz are refused, never looked into', () => {
  for (const head of ['1f8b0800', '504b0304', '504b0506', '526172211a07', '377abcaf', 'fd377a585a'])
    assert.equal(refusal(Uint8Array.fromHex(head.padEnd(40, '0'))), 'compressed', head)
})

/** Text that makes a careless expression go back and forth. */
const SLOW = [
  '<',
  '<i ',
  '{\\',
  '{',
  '&#',
  '&',
  ' ',
  '0',
  ':',
  '-->',
  '\n',
  '\r',
  ',',
  '<b.',
  '\\N',
]

test('S3: ten times the bytes take about ten times the time, for every text made to be slow', () => {
  const spent = (text: string): number => cpuTimeOf(() => refusal(utf8Bytes(text)))
  for (const unit of SLOW)
    for (const head of [
      '1\n00:01 --> 00:02\n',
      'WEBVTT\n\n00:01.0 --> 00:02.0\n',
      '[Events]\nDialogue: ',
    ]) {
      const text = (bytes: number): string => head + unit.repeat(bytes / unit.length)
      const small = spent(text(100_000))
      const large = spent(text(1_000_000))
      assert.ok(large < 10 * small + 400, `${JSON.stringify(unit)}: ${small} then ${large} ms`)
    }
})

test('S3: a full 2 MiB of timing lines is read within two seconds of work', () => {
  const line = '00:00:01.000 --> 00:00:02.000\n'
  const bytes = utf8Bytes(line.repeat(Math.floor(LIMITS.subtitleBytes / line.length)))
  let code = ''
  const spentMs = cpuTimeOf(() => (code = refusal(bytes)))
  assert.equal(code, 'no-cues')
  assert.ok(spentMs < 2000, `${spentMs} ms`)
})
