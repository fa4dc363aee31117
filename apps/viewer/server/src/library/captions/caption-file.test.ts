import { MIB, SILENT_LOG, utf8Bytes } from '@matinee/base'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { MediaFile } from '../../media/media-file.ts'
import { captionFile } from './caption-file.ts'
import { CONVERSION_LIMIT_MS, captionTextApart } from './caption-worker-link.ts'

const EN = { language: 'en', kind: 'vtt' } as const

function fileOf(bytes: Uint8Array, onRead: () => void = () => undefined): MediaFile {
  return {
    name: 'en.srt',
    lengthBytes: bytes.length,
    identity: 'test',
    async *read({ start, end }) {
      onRead()
      yield bytes.subarray(start, end)
    },
  }
}

const STYLED = String.raw`[Script Info]
[V4+ Styles]
Format: Name, PrimaryColour
Style: Default,&H00FFFFFF
[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:01.00,0:00:02.00,Default,{\c&H0000FF&\fnhttp://tracker.example/x.ttf}Good evening.
[Fonts]
fontname: x.ttf
`

async function textOf(file: MediaFile | null): Promise<string | null> {
  if (file === null) return null
  let text = ''
  const signal = AbortSignal.timeout(5000)
  for await (const bytes of file.read({ start: 0, end: file.lengthBytes }, signal))
    text += new TextDecoder().decode(bytes)
  return text
}

const caption = async (bytes: Uint8Array): Promise<string | null> =>
  textOf(await captionFile(fileOf(bytes), EN, SILENT_LOG, AbortSignal.timeout(10_000)))

test('SubRip becomes WebVTT', async () => {
  const text = await caption(utf8Bytes('1\n00:00:01,000 --> 00:00:02,500\nGood evening.\n'))
  assert.match(text ?? '', /^WEBVTT\n/u)
  assert.match(text ?? '', /00:00:01\.000 --> 00:00:02\.500[^\n]*\nGood evening\./u)
})

test('S2: nothing of a WebVTT file but its cues reaches a page', async () => {
  const written = [
    'WEBVTT',
    '',
    'STYLE',
    '::cue { background: url(http://tracker.example/x.png) }',
    '',
    'REGION',
    'id:x',
    '',
    'NOTE http://tracker.example/',
    '',
    '00:00:01.000 --> 00:00:02.000',
    'Good evening.<img src=x onerror=alert(1)>',
    '',
  ].join('\n')
  const text = (await caption(utf8Bytes(written))) ?? ''
  assert.match(text, /Good evening\./u)
  assert.doesNotMatch(text, /STYLE|REGION|NOTE|url\(|<img/u)
})

test('S3: what is longer than any subtitles is not even read', async () => {
  let reads = 0
  const long = fileOf(new Uint8Array(2 * MIB + 1), () => reads++)
  const made = await captionFile(long, EN, SILENT_LOG, AbortSignal.timeout(10_000))
  assert.equal(made, null)
  assert.equal(reads, 0)
})

test('S3: a conversion that takes too long is ended, with its thread', async () => {
  const bytes = utf8Bytes('1\n00:00:01,000 --> 00:00:02,000\nx\n'.repeat(20_000))
  const signal = AbortSignal.timeout(60_000)
  // A thread alone takes longer to begin.
  await assert.rejects(captionTextApart(bytes, EN, signal, 1), { code: 'too-large' })
  assert.deepEqual(
    process.getActiveResourcesInfo().filter((name) => name === 'Worker' || name === 'MessagePort'),
    [],
  )
  assert.equal(CONVERSION_LIMIT_MS, 2000)
})

test('long subtitles are converted apart, the same', async () => {
  const cues = Array.from({ length: 9000 }, (_, at) => {
    const clock = (seconds: number): string =>
      `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')},000`
    return `${at + 1}\n${clock(at)} --> ${clock(at + 1)}\nLine number ${at} of many.\n`
  })
  const bytes = utf8Bytes(cues.join('\n'))
  assert.ok(bytes.length > 256 * 1024)
  assert.match((await caption(bytes)) ?? '', /Line number 8999 of many\./u)
})

test('what is no subtitles is left out', async () => {
  assert.equal(await caption(utf8Bytes('<html><script>alert(1)</script></html>')), null)
})

test('S2: of a styled script only what is drawn of it reaches a page, and why it is not drawn', async () => {
  const script = async (text: string): Promise<string> => {
    const wanted = { language: 'en', kind: 'ass' } as const
    const file = fileOf(utf8Bytes(text))
    return (
      (await textOf(await captionFile(file, wanted, SILENT_LOG, AbortSignal.timeout(10_000)))) ?? ''
    )
  }
  const drawn = await script(STYLED)
  assert.match(drawn, /^\[Script Info\]\n/u)
  assert.match(drawn, /\{\\c&H0000FF&\}Good evening\./u)
  assert.doesNotMatch(drawn, /tracker|\[Fonts\]/u)
  assert.match(await script(STYLED.replace('Good', '晩')), /; plain: letters/u)
  assert.match(await script('1\n00:00:01,000 --> 00:00:02,000\nx\n'), /; plain: unstyled/u)
})
