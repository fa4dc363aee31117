import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeDisk, nodeHash } from '@matinee/testkit'
import { makeStoredTorrent } from '../../test/stored-torrent.ts'
import { BlockSet } from './block-set.ts'
import { decodeResume, encodeResume, loadResume, saveResume } from './resume-file.ts'
import type { ResumeState, ResumeSubject } from './resume-file.ts'

const made = makeStoredTorrent({ kind: 'hybrid', files: [200_000, 5, 70_000] })
const subject: ResumeSubject = {
  infoHashes: made.metainfo.infoHashes,
  blockCount: made.blockCount,
  sectionCount: 3,
  sectionBytes: 64 * 1024 * 1024,
}

function stateOf(serial: number, blocks: readonly number[] = [0, 3]): ResumeState {
  const set = new BlockSet(made.blockCount)
  for (const block of blocks) set.set(block)
  const files = new Map([[2, { size: 70_000, modifiedMs: 1234.5678 }]])
  return { serial, isClean: true, blocks: set, files }
}

test('a resume state comes back from its bytes', () => {
  const bytes = encodeResume(stateOf(7), subject, nodeHash)
  const back = decodeResume(bytes, subject, nodeHash)
  assert.ok(back)
  assert.equal(back.serial, 7)
  assert.equal(back.isClean, true)
  assert.deepEqual([...back.blocks.runs()], [...stateOf(7).blocks.runs()])
  assert.deepEqual([...back.files], [...stateOf(7).files])
})

test('A21: a resume file with any byte changed, cut off or added is none', () => {
  const bytes = encodeResume(stateOf(7), subject, nodeHash)
  for (let at = 0; at < bytes.length; at += at < 120 ? 1 : 97) {
    const bent = bytes.slice()
    bent[at] = (bent[at] ?? 0) ^ 0x10
    assert.equal(decodeResume(bent, subject, nodeHash), null, `byte ${at}`)
    assert.equal(decodeResume(bytes.subarray(0, at), subject, nodeHash), null, `cut at ${at}`)
  }
  assert.equal(decodeResume(new Uint8Array(bytes.length + 1), subject, nodeHash), null)
})

test('A21: a resume file of another torrent is none', () => {
  const other = makeStoredTorrent({ kind: 'hybrid', files: [200_000, 5, 70_000], seed: 2 })
  const bytes = encodeResume(stateOf(7), subject, nodeHash)
  const infoHashes = other.metainfo.infoHashes
  assert.equal(decodeResume(bytes, { ...subject, infoHashes }, nodeHash), null)
})

test('A21: a made-up resume file with a right checksum is still looked at', () => {
  const forge = (change: (view: DataView) => void): ResumeState | null => {
    const bytes = encodeResume(stateOf(7), subject, nodeHash)
    const body = bytes.subarray(0, -32)
    change(new DataView(body.buffer, 0, body.length))
    bytes.set(nodeHash.sha256(body), body.length)
    return decodeResume(bytes, subject, nodeHash)
  }
  assert.ok(forge(() => {}))
  const factsAt = 88 + stateOf(7).blocks.encode().length
  for (const change of [
    (view: DataView): void => view.setUint8(7, 1),
    (view: DataView): void => view.setFloat64(8, NaN),
    (view: DataView): void => view.setFloat64(8, -1),
    (view: DataView): void => view.setUint32(16, 2),
    (view: DataView): void => view.setUint32(72, 2 ** 32 - 1),
    (view: DataView): void => view.setUint32(76, 2 ** 32 - 1),
    (view: DataView): void => view.setUint32(76, 0),
    (view: DataView): void => view.setFloat64(80, 32 * 1024),
    (view: DataView): void => view.setUint32(factsAt, 3),
    (view: DataView): void => view.setFloat64(factsAt + 4, -1),
    (view: DataView): void => view.setFloat64(factsAt + 12, Infinity),
  ])
    assert.equal(forge(change), null)
})

test('of two generations the newer whole one counts', async () => {
  const disk = new FakeDisk()
  await disk.makeFolder('/t')
  const load = () => loadResume(disk, '/t', subject, nodeHash)
  assert.deepEqual(await load(), { kind: 'none' })
  await saveResume(disk, '/t', 'resume.a', encodeResume(stateOf(1), subject, nodeHash))
  await saveResume(disk, '/t', 'resume.b', encodeResume(stateOf(2), subject, nodeHash))
  const newest = await load()
  assert.ok(newest.kind === 'state' && newest.slot === 'resume.b' && newest.state.serial === 2)
  disk.poke('/t/resume.b', 100, new Uint8Array([1, 2, 3]))
  const older = await load()
  assert.ok(older.kind === 'state' && older.slot === 'resume.a' && older.state.serial === 1)
  disk.poke('/t/resume.a', 5_000_000, new Uint8Array([0]))
  const callsBefore = disk.calls.length
  assert.deepEqual(await load(), { kind: 'none' })
  const reads = disk.calls.slice(callsBefore).filter(({ kind }) => kind === 'read')
  assert.ok(!reads.some(({ path }) => path === '/t/resume.a'), 'one that is too long is not read')
})
