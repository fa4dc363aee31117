import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB } from '@matinee/base'
import { makeTorrent } from '@matinee/testkit'
import { onStage, type StageOptions } from './stage.ts'

// What a torrent's maker might hope to find on our disk.
const REFUSED = [
  '..',
  '.',
  '',
  '....//',
  'a/../../b',
  '..\\..\\x',
  '/etc/passwd',
  '\\etc\\passwd',
  'C:\\x',
  '\\\\host\\share',
  '//host/share',
  'file:///etc/passwd',
  'film\u0000.mp4',
]
const SHOWN_ONLY = [
  '...',
  'C:x',
  '~',
  '~root',
  '$HOME',
  '`reboot`',
  '$(reboot)',
  '; reboot',
  '| reboot',
  '-rf',
  '--help',
  'CON',
  'con.mp4',
  'NUL',
  'COM1',
  'LPT1.txt',
  'film.mp4:ads',
  'film.mp4.',
  'film.mp4 ',
  ' film.mp4',
  'film\n.mp4',
  'film\u001b[2J.mp4',
  'film\u202e4pm.exe',
  'film\ufeff.mp4',
  'é'.repeat(150),
  'x'.repeat(300),
  'resume.a',
  'info',
  '0',
]

const OWN = /^\/engine\/[0-9a-f]{40,64}\/[0-9a-z.]+$/u

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  for (const name of SHOWN_ONLY)
    test(
      `F1: in a ${kind} torrent ${JSON.stringify(name)} is no name on the disk`,
      onStage(named(kind, name), async (stage) => {
        await stage.seed()
        await stage.assertStreams(stage.addMagnet())
        await stage.clock.advance(6000)
        assert.ok(stage.disk.paths.length >= 4)
        for (const path of stage.disk.paths) assert.match(path, OWN)
        for (const { path } of stage.disk.calls) assert.match(path, /^\/engine[0-9a-z./]*$|^\/$/u)
      }),
    )

  for (const name of REFUSED)
    test(`F1: a ${kind} torrent with the name ${JSON.stringify(name)} is refused`, () => {
      assert.throws(() => makeTorrent(named(kind, name)), { name: 'MetainfoError', code: 'path' })
    })
}

function named(kind: 'v1' | 'v2' | 'hybrid', name: string): StageOptions {
  const files = [
    { path: [name], content: 20 * KIB },
    { path: ['folder', name], content: 3 },
  ]
  return { kind, files, pieceLength: 16 * KIB }
}
