import { test } from 'node:test'
import assert from 'node:assert/strict'
import { LIMITS } from '@matinee/base'
import { cpuTimeOf } from '@matinee/testkit'
import { AssScript, assDrawing, formatDrawing, parseDrawing } from '../index.ts'

const STYLE =
  'Style: Default,Comic Sans MS,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1'
const HEAD = `[Script Info]\nTitle: a title\nPlayResX: 640\nPlayResY: 360\n[V4+ Styles]\n${STYLE}\n[Events]\n`

function said(text: string, layer = 0): string {
  return `Dialogue: ${layer},0:00:01.00,0:00:02.50,Default,,0,0,0,,${text}\n`
}

/** What becomes of the text of a line that is drawn. */
function drawnAs(text: string): string {
  const drawing = assDrawing(HEAD + said(String.raw`{\c&H0000FF&}red`) + said(text))
  assert.equal(drawing.kind, 'drawn')
  return drawing.kind === 'drawn'
    ? (drawing.script.trimEnd().split('\n').at(-1)?.split(',,0,0,0,,')[1] ?? '')
    : ''
}

const whyPlain = (script: string): string => {
  const drawing = assDrawing(script)
  return drawing.kind === 'plain' ? drawing.why : drawing.kind
}

test('a styled script is written anew, with its places, colours and layers', () => {
  const drawing = assDrawing(HEAD + said(String.raw`{\pos(320,40)\c&H0000FF&}A sign`, 3))
  assert.equal(drawing.kind, 'drawn')
  const lines = drawing.kind === 'drawn' ? drawing.script.split('\n') : []
  assert.deepEqual(lines.slice(0, 4), [
    '[Script Info]',
    'ScriptType: v4.00+',
    'PlayResX: 640',
    'PlayResY: 360',
  ])
  assert.ok(lines.includes(STYLE.replace('Comic Sans MS', 'Liberation Sans')), lines.join('\n'))
  assert.ok(
    lines.includes(
      String.raw`Dialogue: 3,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\pos(320,40)\c&H0000FF&}A sign`,
    ),
    lines.join('\n'),
  )
})

test('what plain captions show as well is not offered to be drawn', () => {
  assert.equal(whyPlain(HEAD + said('Hello')), 'unstyled')
  assert.equal(whyPlain(HEAD + said(String.raw`{\an8\i1}Hello{\i0\b1} there`)), 'unstyled')
  assert.equal(whyPlain(HEAD), 'unstyled')
  assert.equal(whyPlain(HEAD + said(String.raw`{\move(1,2,3,4)}Hello`)), 'drawn')
  assert.equal(whyPlain(HEAD.replace('&H00FFFFFF', '&H0000FFFF') + said('Hello')), 'drawn')
})

test('a script in letters that the face lacks is shown plainly, and says why', () => {
  for (const letters of ['看板', 'مرحبا', 'สวัสดี'])
    assert.equal(whyPlain(HEAD + said(String.raw`{\c&HFF&}${letters}`)), 'letters', letters)
  for (const letters of ['Žluťoučký', 'Привет', 'Γεια', 'שלום', '♪ la ♪'])
    assert.equal(whyPlain(HEAD + said(String.raw`{\c&HFF&}${letters}`)), 'drawn', letters)
})

test('overrides that are known are kept, also within those that move', () => {
  for (const text of [
    String.raw`{\fad(200,300)\bord2.5\shad0\blur3}x`,
    String.raw`{\t(0,500,2,\fscx120\frz30)}x`,
    String.raw`{\k20}la{\kf30}la`,
    String.raw`{\p1}m 0 0 l 100 0 100 100{\p0}x`,
    String.raw`{\clip(0,0,100,100)\1a&H80&\alpha&HFF&}x`,
    String.raw`{\rDefault}x\Ny`,
  ])
    assert.equal(drawnAs(text), text)
})

test('S1: of overrides nothing is handed on but known words with numbers in bounds', () => {
  for (const [text, drawn] of [
    [String.raw`{\fnhttp://evil.example/f.ttf}x`, 'x'],
    [String.raw`{\fs99999999\fscx1e9\bord-5}x`, String.raw`{\fs500\bord0}x`],
    [String.raw`{\pos(1e9,2)\pos(99999999,NaN)}x`, 'x'],
    [String.raw`{\pos(99999999,-99999999)}x`, String.raw`{\pos(20000,-20000)}x`],
    [String.raw`{\rNobody}x`, String.raw`{\r}x`],
    [String.raw`{\t(\t(\t(\fs20)))}x`, 'x'],
    [String.raw`{<img src=x onerror=ran()>\i1}x`, String.raw`{\i1}x`],
    [String.raw`{\p1}m 0 0 url(x) 99999999{\p0}x`, String.raw`{\p1}m 0 0 l 20000{\p0}x`],
    [String.raw`{\p1}m 0 0 l 60{\none}10{\p0}x`, String.raw`{\p1}m 0 0 l 60 10{\p0}x`],
    ['a\u0000b\u2028c', 'a b c'],
  ] as const)
    assert.equal(drawnAs(text), drawn, text)
})

test('S4: fonts and pictures in a script, and whatever else it brings, stay behind', () => {
  const script = `${HEAD}${said(String.raw`{\c&HFF&}x`)}Comment: 0,0:00:01.00,0:00:02.00,,,0,0,0,,no
Picture: a.bmp
Command: rm
[Fonts]
fontname: evil.ttf
!!!!8C-IIJ
[Graphics]
filename: evil.png
`
  const drawing = assDrawing(script)
  assert.equal(drawing.kind, 'drawn')
  assert.doesNotMatch(formatDrawing(drawing), /evil|8C-II|Comment|Picture|Command|Title/u)
})

test('S3: a script with too many lines, too long, or with too much at one moment is not drawn', () => {
  const styled = HEAD + said(String.raw`{\c&HFF&}x`)
  assert.equal(whyPlain(styled + said('x').repeat(LIMITS.drawnAtOnce - 1)), 'drawn')
  assert.equal(whyPlain(styled + said('x').repeat(LIMITS.drawnAtOnce)), 'too-much')
  const after = Array.from({ length: LIMITS.subtitleCues + 1 }, (_, at) => {
    const clock = new Date(at * 1000).toISOString().slice(12, 22)
    return `Dialogue: 0,${clock},${clock.slice(0, 8)}99,Default,,0,0,0,,x\n`
  })
  assert.equal(whyPlain(styled + after.slice(0, 5000).join('')), 'drawn')
  assert.equal(whyPlain(styled + after.join('')), 'too-much')
  const long = `Dialogue: 0,1:00:01.00,1:00:02.00,Default,,0,0,0,,${'x'.repeat(30_000)}\n`
  assert.equal(whyPlain(styled + long.repeat(80)), 'too-much')
})

test('S3: overrides that nothing closes cost as much time as they are long', async () => {
  const bomb = (count: number): string =>
    HEAD + `Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{${'\\t(\\pos('.repeat(count)}}x\n`
  const [short, long] = [bomb(400), bomb(4000)].map((text) =>
    cpuTimeOf(() => {
      for (let turn = 0; turn < 20; turn++) assDrawing(text)
    }),
  )
  assert.ok((long ?? 0) <= 25 * (short ?? 0) + 20, `${short} ms, then ${long} ms`)
})

test('what lies inside a film is drawn as it comes, later lines of a layer above the earlier ones', () => {
  const script = new AssScript()
  script.addText(HEAD)
  script.addEmbedded(
    { startSeconds: 5, endSeconds: 6 },
    String.raw`1,0,Default,,0,0,0,,{\c&HFF&}two`,
  )
  script.addEmbedded({ startSeconds: 1, endSeconds: 6.5 }, '0,0,Default,,0,0,0,,one, two')
  const { drawing } = script
  const lines = formatDrawing(drawing).trimEnd().split('\n').slice(-2)
  assert.deepEqual(lines, [
    'Dialogue: 0,0:00:01.00,0:00:06.50,Default,,0,0,0,,one, two',
    String.raw`Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\c&HFF&}two`,
  ])
})

test('a drawing that was written reads back as it was', () => {
  for (const script of [
    HEAD + said(String.raw`{\c&HFF&}x`),
    HEAD,
    HEAD + said(String.raw`{\c&HFF&}看`),
  ]) {
    const drawing = assDrawing(script)
    assert.deepEqual(parseDrawing(formatDrawing(drawing)), drawing)
  }
})
