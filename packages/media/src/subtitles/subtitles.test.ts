import { test } from 'node:test'
import assert from 'node:assert/strict'
import { utf8Bytes } from '@matinee/base'
import { parseSubtitles, plainText, writeVtt, type Cue, type CueRun } from '../index.ts'

function cuesOf(text: string): readonly Cue[] {
  return parseSubtitles(utf8Bytes(text)).cues
}

function run(text: string, style = ''): CueRun {
  return { text, isItalic: style.includes('i'), isBold: style.includes('b') }
}

test('SRT gives times, lines, italics and bold', () => {
  const text =
    '1\r\n00:00:01,000 --> 00:00:02,500\r\nHello <i>there</i>,\r\n<b>you</b>\r\n\r\n2\r\n01:00:03,5 --> 01:00:04.25\r\n- A\r\n- B\r\n'
  assert.deepEqual(
    cuesOf(text).map(({ startSeconds, endSeconds, lines }) => ({
      startSeconds,
      endSeconds,
      lines,
    })),
    [
      {
        startSeconds: 1,
        endSeconds: 2.5,
        lines: [[run('Hello '), run('there', 'i'), run(',')], [run('you', 'b')]],
      },
      { startSeconds: 3603.5, endSeconds: 3604.25, lines: [[run('- A')], [run('- B')]] },
    ],
  )
})

test('an SRT without blank lines between its cues keeps them apart, and their numbers out of the text', () => {
  const text =
    '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n3\n00:00:05,000 --> 00:00:06,000\n1984\n'
  assert.deepEqual(cuesOf(text).map(plainText), ['One', 'Two', '1984'])
})

test('a blank line between the times and the text of an SRT cue is passed over', () => {
  assert.deepEqual(cuesOf('1\n00:01 --> 00:02\n\nLate\n\n2\n').map(plainText), ['Late'])
})

test('the number pad of an override and its text part ways', () => {
  const [top, left] = cuesOf(
    String.raw`1
00:00:01,000 --> 00:00:02,000
{\an8}{\c&HFF&}Up here {stays}

2
00:00:03,000 --> 00:00:04,000
{\an4}Left`,
  )
  assert.ok(top && left)
  assert.equal(plainText(top), 'Up here {stays}')
  assert.deepEqual(top.place, { linePercent: 5, positionPercent: null, align: 'center' })
  assert.deepEqual(left.place, { linePercent: 50, positionPercent: 5, align: 'start' })
})

test('WebVTT gives cues without ids, notes, voices and classes, with places and characters', () => {
  const text = `WEBVTT - a title

NOTE
00:00.000 --> 00:01.000 is not a cue

intro
00:01.000 --> 00:02.000 line:10% position:20%,line-left align:start
<v Ann><c.yellow>Tom &amp; Jerry</c> &lt;3<00:01.500> &#233;

00:00:03.000 --> 00:00:04.000
<lang de><i><b>Ja</b></i>`
  const [first, second] = cuesOf(text)
  assert.ok(first && second)
  assert.equal(plainText(first), 'Tom & Jerry <3 é')
  assert.deepEqual(first.place, { linePercent: 10, positionPercent: 20, align: 'start' })
  assert.deepEqual(second.lines, [[run('Ja', 'ib')]])
})

test('S2: style and region blocks of WebVTT are passed over with all that stands in them', () => {
  const text = `WEBVTT

STYLE
::cue { background: url(http://example.com/a) }
00:00:01.000 --> 00:00:02.000
in the style

REGION
id:a
00:00:01.000 --> 00:00:02.000
in the region

00:00:01.000 --> 00:00:02.000
shown`
  const cues = cuesOf(text)
  assert.deepEqual(cues.map(plainText), ['shown'])
  assert.ok(!writeVtt(cues).includes('url('))
})

test('ASS gives dialogue by the columns of its own format, with the styles it names', () => {
  const text = String.raw`[Script Info]
Title: x
[V4+ Styles]
Format: Name, Bold, Italic, Alignment
Style: Default,0,0,2
Style: Sign,-1,0,8
Style: Thought,0,1,2
[Events]
Format: Layer, Start, End, Style, Text
Comment: 0,0:00:00.00,0:00:09.00,Default,not shown
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Hello, {\i1}you{\i0}\Nthere\h!
Dialogue: 0,0:00:03.00,0:00:04.00,Sign,{\pos(1,2)\an7}STOP{\b0} here
Dialogue: 0,0:00:05.00,0:00:06.00,Thought,hm {\r}hm {\i0}aloud
Dialogue: 0,0:00:07.00,0:00:08.00,Default,{\p1}m 0 0 l 1 1{\p0}text`
  const [hello, sign, thought, drawn] = cuesOf(text)
  assert.ok(hello && sign && thought && drawn)
  assert.deepEqual(hello.lines, [[run('Hello, '), run('you', 'i')], [run('there\u00a0!')]])
  assert.deepEqual(sign.lines, [[run('STOP', 'b'), run(' here')]])
  assert.deepEqual(sign.place, { linePercent: 5, positionPercent: 5, align: 'start' })
  assert.deepEqual(thought.lines, [[run('hm hm ', 'i'), run('aloud')]])
  assert.equal(plainText(drawn), 'text')
})

test('SSA of version 4 counts its alignments in its own way', () => {
  const text = `[Script Info]
[V4 Styles]
Format: Name, Bold, Italic, Alignment
Style: Top,0,0,6
Style: Middle,0,0,10
[Events]
Format: Marked, Start, End, Style, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Top,up
Dialogue: Marked=0,0:00:03.00,0:00:04.00,Middle,mid
`
  assert.deepEqual(
    cuesOf(text).map((cue) => cue.place.linePercent),
    [5, 50],
  )
})

test('cues come sorted by their start, whatever the order of the file', () => {
  const at = (start: number): string => `00:0${start}.000 --> 00:09.000\n${start}\n\n`
  assert.deepEqual(cuesOf(at(5) + at(2) + at(7)).map(plainText), ['2', '5', '7'])
})
