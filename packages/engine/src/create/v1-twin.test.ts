import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTorrent } from './create-torrent.ts'
import { v1TwinOf } from './v1-twin.ts'

test('the v1 twin of a hybrid torrent is the aligned v1 torrent of the same files, byte for byte', async () => {
  const root = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  try {
    const folder = join(root, 'A film')
    await mkdir(join(folder, 'more'), { recursive: true })
    for (const [name, length] of [
      ['b.mp4', 200_001],
      ['a.vtt', 7],
      ['more/empty', 0],
      ['more/last', 70_000],
    ] as const)
      await writeFile(join(folder, name), Buffer.alloc(length, name))
    const options = {
      paths: [folder],
      pieceLength: 64 * 1024,
      trackers: [['http://tracker.example/announce'], ['udp://tracker.example:6969/announce']],
      webSeeds: ['https://seed.example/films/'],
      comment: 'free',
      createdSeconds: 1_700_000_000,
    }
    const hybrid = await createTorrent({ ...options, kind: 'hybrid' })
    const twin = v1TwinOf(hybrid)
    const anew = await createTorrent({ ...options, kind: 'v1', aligned: true })
    assert.deepEqual(twin.bytes, anew.bytes)
    assert.deepEqual(twin.filesFrom, anew.filesFrom)
    assert.notEqual(twin.metainfo.infoHashes.v1, hybrid.metainfo.infoHashes.v1)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})
