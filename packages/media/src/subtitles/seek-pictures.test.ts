import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { parseSeekPictures } from './seek-pictures.ts'
import { SubtitleError } from './subtitle-error.ts'

function read(...texts: readonly string[]): readonly unknown[] {
  const cues = texts.map((text, at) => `00:${10 + at}.000 --> 00:${11 + at}.000\n${text}\n`)
  return parseSeekPictures(utf8Bytes(['WEBVTT\n', ...cues].join('\n')))
}

test('a cue names a part of a sheet beside it', () => {
  assert.deepEqual(read('sheet-01.jpg#xywh=160,90,160,90'), [
    {
      startSeconds: 10,
      endSeconds: 11,
      sheet: 'sheet-01.jpg',
      x: 160,
      y: 90,
      width: 160,
      height: 90,
    },
  ])
})

test('what names files elsewhere, or nothing that can be shown, is left out', () => {
  const odd = [
    '../other/sheet.jpg#xywh=0,0,160,90',
    'https://example.org/sheet.jpg#xywh=0,0,160,90',
    'sheet.jpg',
    'sheet.jpg#xywh=0,0,0,90',
    'sheet.jpg#xywh=-1,0,160,90',
    'sheet.jpg#xywh=0,0,1e9,90',
    'Good evening.',
  ]
  assert.deepEqual(read(...odd), [])
})

test('of ever so many pictures two thousand are read', () => {
  const cues = Array.from(
    { length: 3000 },
    (_, at) => `${clock(at)} --> ${clock(at + 1)}\nsheet.jpg#xywh=0,0,160,90\n`,
  )
  const text = ['WEBVTT\n', ...cues].join('\n')
  assert.equal(parseSeekPictures(utf8Bytes(text)).length, 2000)
})

test('what is no WebVTT is refused', () => {
  assert.throws(() => parseSeekPictures(utf8Bytes('a poem')), SubtitleError)
})

function clock(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
  return `${parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')}.000`
}
