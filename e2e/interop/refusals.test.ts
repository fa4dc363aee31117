import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { createTorrent } from '@matinee/engine/create'
import { findProgram, type ProgramName } from '../../tools/programs.ts'

/**
 * What other clients make of torrents that they can't read: the reason why a release has a v1 twin.
 * When one of these goes red because a client has learned it, docs/beps.md has good news to tell.
 */
async function withTorrent(
  kind: 'v1' | 'v2' | 'hybrid',
  run: (file: string, v1Hash: string | null) => void,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'matinee-refusals-'))
  try {
    await writeFile(path.join(folder, 'film.bin'), new Uint8Array(100_000))
    await writeFile(path.join(folder, 'words.bin'), new Uint8Array(70_000))
    const made = await createTorrent({ paths: [folder], kind, pieceLength: 65_536 })
    const file = path.join(folder, 'made.torrent')
    await writeFile(file, made.bytes)
    run(file, made.metainfo.infoHashes.v1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function output(program: ProgramName, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(findProgram(program), args, { encoding: 'utf8' })
  return stdout + stderr
}

test('aria2 and transmission compute the same info-hash of a v1 torrent as we do', () =>
  withTorrent('v1', (file, v1Hash) => {
    assert.ok(v1Hash)
    assert.match(output('aria2c', '--show-files', file), new RegExp(`Info Hash: ${v1Hash}`, 'u'))
    assert.match(output('transmission-show', file), new RegExp(`Hash: ${v1Hash}`, 'u'))
  }))

test('aria2 computes a wrong info-hash of a hybrid torrent, and transmission refuses it', () =>
  withTorrent('hybrid', (file, v1Hash) => {
    assert.ok(v1Hash)
    const aria2 = output('aria2c', '--show-files', file)
    assert.match(aria2, /Info Hash: [0-9a-f]{40}/u)
    assert.doesNotMatch(aria2, new RegExp(v1Hash, 'u'))
    assert.match(output('transmission-show', file), /Error parsing/u)
  }))

test('aria2 and transmission refuse a v2 torrent', () =>
  withTorrent('v2', (file) => {
    assert.match(output('aria2c', '--show-files', file), /errorCode=/u)
    assert.match(output('transmission-show', file), /Error parsing/u)
  }))
