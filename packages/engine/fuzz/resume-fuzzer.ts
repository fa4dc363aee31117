import assert from 'node:assert/strict'
import { SHA256_BYTES, concatBytes, equalBytes, type FileFacts, type Random } from '@matinee/base'
import { infoHashV1, infoHashV2 } from '@matinee/protocol'
import { nodeHash } from '@matinee/testkit'
import { BlockSet } from '../src/store/block-set.ts'
import { decodeResume, encodeResume, type ResumeSubject } from '../src/store/resume-file.ts'
import type { Fuzzer } from './fuzzer.ts'

/**
 * Resume files with faults, half of them with a checksum made right again: what is taken names only
 * blocks and files that exist, and means the same when it is written and read once more.
 */
export const resumeFuzzer: Fuzzer = {
  name: 'resume-file',
  run(random) {
    const subject: ResumeSubject = {
      infoHashes: {
        v1: infoHashV1(new Uint8Array(20).fill(1)),
        v2: random.below(2) === 0 ? null : infoHashV2(new Uint8Array(32).fill(2)),
      },
      blockCount: 1 + random.below(random.below(2) === 0 ? 200 : 100_000),
      sectionCount: 1 + random.below(6),
      sectionBytes: 64 * 1024 * 1024,
    }
    const good = encodeResume(
      {
        serial: 1 + random.below(1000),
        isClean: random.below(2) === 0,
        blocks: someBlocks(random, subject.blockCount),
        files: someFacts(random, subject.sectionCount),
      },
      subject,
      nodeHash,
    )
    let body: Uint8Array = good.slice(0, good.length - SHA256_BYTES)
    for (let faults = random.below(4); faults > 0; faults--) body = fault(random, body)
    const sum = random.below(2) === 0 ? nodeHash.sha256(body) : good.subarray(-SHA256_BYTES)
    const bytes = concatBytes([body, sum])

    const state = decodeResume(bytes, subject, nodeHash)
    if (state === null) {
      assert.ok(!equalBytes(bytes, good), 'a good file is taken')
      return
    }
    assert.ok(Number.isSafeInteger(state.serial) && state.serial > 0)
    for (const { end } of state.blocks.runs()) assert.ok(end <= subject.blockCount)
    for (const index of state.files.keys()) assert.ok(index < subject.sectionCount)
    const again = decodeResume(encodeResume(state, subject, nodeHash), subject, nodeHash)
    assert.ok(again)
    assert.deepEqual([...again.blocks.runs()], [...state.blocks.runs()])
    assert.deepEqual([...again.files], [...state.files])
    assert.equal(again.isClean, state.isClean)
  },
}

function someBlocks(random: Random, blockCount: number): BlockSet {
  const blocks = new BlockSet(blockCount)
  for (let runs = random.below(5); runs > 0; runs--) {
    const start = random.below(blockCount)
    const end = Math.min(blockCount, start + 1 + random.below(40_000))
    for (let block = start; block < end; block++) blocks.set(block)
  }
  return blocks
}

function someFacts(random: Random, sectionCount: number): Map<number, FileFacts> {
  const files = new Map<number, FileFacts>()
  for (let index = 0; index < sectionCount; index++)
    if (random.below(2) === 0)
      files.set(index, { size: random.below(2 ** 32), modifiedMs: random.below(2 ** 32) / 7 })
  return files
}

function fault(random: Random, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes
  const out = bytes.slice()
  // Mostly in the header, where the lengths are.
  const at = random.below(random.below(2) === 0 ? Math.min(84, out.length) : out.length)
  switch (random.below(4)) {
    case 0:
      out[at] = random.below(256)
      return out
    case 1:
      return out.subarray(0, at)
    case 2:
      return concatBytes([out.subarray(0, at), random.bytes(random.below(20)), out.subarray(at)])
    default:
      out.set(random.bytes(Math.min(4, out.length - at)), at)
      return out
  }
}
