import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { TorrentFile } from '@matinee/protocol'
import { OtherFileError, pinnedFile, readerHints } from './film-stream.ts'

const ROOT = 'ab'.repeat(32)

function fileOf(path: string, length: number, root: string | null): TorrentFile {
  return {
    index: 0,
    path: path.split('/'),
    length,
    span: { start: 0, end: length },
    piecesRoot: root === null ? null : Uint8Array.fromHex(root),
  }
}

test('a record’s file is found by its path, however its accents are written', () => {
  const file = fileOf('films/É'.normalize('NFD'), 10, ROOT)
  assert.equal(pinnedFile({ files: [file] }, { path: 'films/É', length: 10, root: ROOT }), file)
})

test('F8: a torrent whose file is not the record’s is refused: by path, by length, by root', () => {
  const file = fileOf('film.mp4', 10, ROOT)
  const refused = { name: 'OtherFileError', code: 'other-file' }
  const find = (pinned: Parameters<typeof pinnedFile>[1]) => () =>
    pinnedFile({ files: [file] }, pinned)
  assert.throws(find({ path: 'other.mp4', length: 10 }), refused)
  assert.throws(find({ path: 'film.mp4', length: 11 }), refused)
  assert.throws(find({ path: 'film.mp4', length: 10, root: 'cd'.repeat(32) }), OtherFileError)
  const old = fileOf('film.mp4', 10, null)
  assert.throws(
    () => pinnedFile({ files: [old] }, { path: 'film.mp4', length: 10, root: ROOT }),
    refused,
  )
  assert.equal(pinnedFile({ files: [old] }, { path: 'film.mp4', length: 10 }), old)
})

test('the engine is told how many bytes make a second of film, where that is known', () => {
  assert.deepEqual(readerHints({ length: 600_000 }, 60), {
    calmMs: 700,
    bytesPerSecond: 10_000,
  })
  assert.deepEqual(readerHints({ length: 600_000 }, null), { calmMs: 700 })
  assert.deepEqual(readerHints({ length: 600_000 }, 0), { calmMs: 700 })
})
