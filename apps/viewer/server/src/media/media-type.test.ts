import { test } from 'node:test'
import assert from 'node:assert/strict'
import { latin1Bytes } from '@matinee/base'
import { mediaType } from './media-type.ts'

const EBML = '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08'

const KNOWN: readonly (readonly [string, string])[] = [
  ['\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'video/mp4'],
  ['\0\0\0\x1cftypmp42\0\0\0\0', 'video/mp4'],
  ['\0\0\0\x1cftypM4A \0\0\0\0', 'audio/mp4'],
  ['\0\0\0\x1cftypavif\0\0\0\0', 'image/avif'],
  [`${EBML}\x42\x82\x84webm\x42\x87\x81\x04`, 'video/webm'],
  [`${EBML}\x42\x82\x88matroska\x42\x87\x81\x04`, 'video/x-matroska'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\x10\0\0\0WAVEfmt ', 'audio/wav'],
  ['RIFF\x10\0\0\0AVI LIST', 'video/x-msvideo'],
  ['WEBVTT', 'text/vtt; charset=utf-8'],
  ['[Script Info]\nScriptType: v4.00+', 'text/x-ssa; charset=utf-8'],
  ['WEBVTT\n\n00:01.000 --> 00:02.000\n<script>', 'text/vtt; charset=utf-8'],
  ['\xef\xbb\xbfWEBVTT - a title\r\n', 'text/vtt; charset=utf-8'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['fLaC\0\0\0\x22', 'audio/flac'],
  ['OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x1e\x01vorbis', 'audio/ogg'],
  ['OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x2a\x80theora', 'video/ogg'],
  ['ID3\x04\0\0\0\0\0\0', 'audio/mpeg'],
  ['\xff\xfb\x90\x44', 'audio/mpeg'],
  ['\xff\xf1\x50\x80', 'audio/aac'],
  ['\0\0\x01\xba\x44', 'video/mpeg'],
  [`G${'x'.repeat(187)}G${'x'.repeat(187)}G`, 'video/mp2t'],
]

const REFUSED: readonly string[] = [
  '',
  '<!doctype html><script>alert(1)</script>',
  '  \n<html>',
  '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
  '<?xml version="1.0"?><svg/>',
  '%PDF-1.7',
  'MZ\x90\0',
  '\x7fELF\x02\x01\x01',
  '#!/bin/sh\n',
  '#EXTM3U\n/etc/passwd',
  'ffconcat version 1.0\n',
  'GIF89a<script>',
  'PK\x03\x04',
  'WEBVTTx',
  'webvtt\n',
  '1\n00:00:01,000 --> 00:00:02,000\nHi\n',
  'RIFF\x10\0\0\0XXXX',
  '\0\0\0\x18ftypheic\0\0\0\0',
  `${EBML}\x42\x82\x84evil`,
  '{"json":true}',
  'plain text',
]

test('the first bytes of what a browser plays or shows are known', () => {
  for (const [head, type] of KNOWN) assert.equal(mediaType(latin1Bytes(head)), type, head)
})

test('F11: pages, scripts, programs, playlists and archives have no type, whatever they are called', () => {
  for (const head of REFUSED) assert.equal(mediaType(latin1Bytes(head)), null, head)
})
