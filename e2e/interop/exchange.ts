import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { concatBytes } from '@matinee/base'
import { isWhole, untilTrue, type StartClient } from './clients.ts'
import { InteropStage, type Kind } from './interop-stage.ts'

/** Lengths that leave a short last block, a short last piece and, in hybrids, padding. */
const FILES = [
  { name: 'film.bin', bytes: randomBytes(5 * 1024 * 1024 + 12_345) },
  { name: 'subtitles.bin', bytes: randomBytes(70_001) },
  { name: 'tiny.bin', bytes: randomBytes(3) },
]

/**
 * Tests that a torrent of this kind comes whole and right from the client, and that the client
 * downloads it whole and right from us.
 */
export function exchangeWith(name: string, start: StartClient, kind: Kind): void {
  test(`a ${kind} torrent comes whole and right from ${name}`, { timeout: 60_000 }, async () => {
    await using stage = await InteropStage.open(kind, FILES)
    await using client = await start({
      torrent: stage.torrent,
      folder: stage.root,
      seeds: true,
      scratch: path.join(stage.root, 'client'),
    })
    const peer = { address: { host: '127.0.0.1', port: client.port }, learnedFrom: 'own' } as const
    const torrent = stage.engine.add(
      { kind: 'metainfo', metainfo: stage.metainfo },
      { peers: [peer] },
    )
    for (const { path: names, index, length } of stage.metainfo.files) {
      const chunks: Uint8Array[] = []
      await using reader = await torrent.openFile(index, { start: 0, end: length })
      for await (const bytes of reader) chunks.push(bytes.slice())
      const original = FILES.find((file) => file.name === names.at(-1))
      assert.ok(original, `file ${names.join('/')}`)
      assert.equal(Buffer.compare(concatBytes(chunks), original.bytes), 0)
    }
    const { bytes } = torrent.status()
    assert.equal(bytes.wasted, 0)
    // A v2 leaf proves its 16 KiB alone, long before the piece is whole (BEP 52 hash requests).
    assert.equal(bytes.provedAlone, kind === 'v1' ? 0 : bytes.verified)
  })

  test(
    `${name} downloads a ${kind} torrent whole and right from us`,
    { timeout: 60_000 },
    async () => {
      await using stage = await InteropStage.open(kind, FILES)
      const target = path.join(stage.root, 'target')
      await mkdir(target)
      const filesFrom = stage.metainfo.files.map((file) => path.join(stage.content, ...file.path))
      await using client = await start({
        torrent: stage.torrent,
        folder: target,
        seeds: false,
        scratch: path.join(stage.root, 'client'),
      })
      const peer = {
        address: { host: '127.0.0.1', port: client.port },
        learnedFrom: 'own',
      } as const
      const torrent = stage.engine.add(
        { kind: 'metainfo', metainfo: stage.metainfo },
        { peers: [peer], filesFrom },
      )
      const files = FILES.map((file) => ({
        ...file,
        path: path.join(target, 'content', file.name),
      }))
      await untilTrue(async () => {
        const whole = await Promise.all(files.map((file) => isWhole(file.path, file.bytes.length)))
        if (!whole.every(Boolean)) return false
        const read = await Promise.all(files.map((file) => readFile(file.path)))
        return read.every((bytes, at) => Buffer.compare(bytes, files[at]?.bytes ?? bytes) === 0)
      }, 45_000)
      assert.ok(torrent.status().bytes.uploaded >= 5 * 1024 * 1024)
    },
  )
}
