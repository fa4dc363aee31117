import {
  equalBytes,
  LIMITS,
  pathIn,
  readWholeFile,
  SHA1_BYTES,
  SHA256_BYTES,
  utf8Bytes,
  writeWholeFile,
  type Disk,
  type FileFacts,
  type Hash,
} from '@matinee/base'
import { infoHashBytes } from '@matinee/protocol'
import type { InfoHashes } from '@matinee/protocol'
import { BlockSet } from './block-set.ts'

/** What is remembered of a torrent between two starts. */
export interface ResumeState {
  /** Grows with every writing: of two generations the higher one counts. */
  readonly serial: number
  /** The store was closed in order, and nothing was written after this. */
  readonly isClean: boolean
  /** Verified, and on the disk for good. */
  readonly blocks: BlockSet
  /** Size and time of each section's file, by its number, when the store was closed; else empty. */
  readonly files: ReadonlyMap<number, FileFacts>
}

/** Which torrent the file must be about. A file about any other is no resume file of ours. */
export interface ResumeSubject {
  readonly infoHashes: InfoHashes
  readonly blockCount: number
  readonly sectionCount: number
  /** How the files are cut; a state of another cut says nothing about these. */
  readonly sectionBytes: number
}

/** The two places that are written in turn, so that one whole state is there at every moment. */
export type ResumeSlot = 'resume.a' | 'resume.b'

export type LoadedResume =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: ResumeState; readonly slot: ResumeSlot }

/*
 * All numbers big-endian.
 *
 *     0   magic, the last byte is the version
 *     8   serial                      64-bit float: a safe integer
 *     16  1 = clean, 0 = not          32 bits
 *     20  v1 info-hash, or zeros
 *     40  v2 info-hash, or zeros
 *     72  bytes of the block set      32 bits
 *     76  number of file facts        32 bits
 *     80  bytes of a section          64-bit float
 *     88  block set, as BlockSet writes it
 *         file facts: section (32 bits), size, modifiedMs (64-bit floats)
 *         SHA-256 of everything before
 */
const MAGIC = utf8Bytes('matinee\u0002')
const HEADER_BYTES = 88
const FACTS_BYTES = 20

/** The bytes of a resume file. */
export function encodeResume(state: ResumeState, subject: ResumeSubject, hash: Hash): Uint8Array {
  const blocks = state.blocks.encode()
  const length = HEADER_BYTES + blocks.length + state.files.size * FACTS_BYTES
  const out = new Uint8Array(length + SHA256_BYTES)
  const view = new DataView(out.buffer)
  out.set(MAGIC)
  view.setFloat64(8, state.serial)
  view.setUint32(16, state.isClean ? 1 : 0)
  out.set(identityOf(subject.infoHashes), 20)
  view.setUint32(72, blocks.length)
  view.setUint32(76, state.files.size)
  view.setFloat64(80, subject.sectionBytes)
  out.set(blocks, HEADER_BYTES)
  let at = HEADER_BYTES + blocks.length
  for (const [index, facts] of state.files) {
    view.setUint32(at, index)
    view.setFloat64(at + 4, facts.size)
    view.setFloat64(at + 12, facts.modifiedMs)
    at += FACTS_BYTES
  }
  out.set(hash.sha256(out.subarray(0, length)), length)
  return out
}

/** The state in the bytes of a resume file; `null` when they are torn, foreign or made up. */
export function decodeResume(
  bytes: Uint8Array,
  subject: ResumeSubject,
  hash: Hash,
): ResumeState | null {
  const length = bytes.length - SHA256_BYTES
  if (length < HEADER_BYTES || bytes.length > maxResumeBytes(subject)) return null
  if (!equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) return null
  if (!equalBytes(hash.sha256(bytes.subarray(0, length)), bytes.subarray(length))) return null
  if (!equalBytes(bytes.subarray(20, 72), identityOf(subject.infoHashes))) return null

  // The checksum is right, but anybody can make one: every field is still looked at.
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  const serial = view.getFloat64(8)
  const flags = view.getUint32(16)
  const blockBytes = view.getUint32(72)
  const factsCount = view.getUint32(76)
  if (!Number.isSafeInteger(serial) || serial < 1 || flags > 1) return null
  if (view.getFloat64(80) !== subject.sectionBytes) return null
  if (HEADER_BYTES + blockBytes + factsCount * FACTS_BYTES !== length) return null
  const factsStart = HEADER_BYTES + blockBytes
  const blocks = BlockSet.decode(bytes.subarray(HEADER_BYTES, factsStart), subject.blockCount)
  const files = decodeFacts(view, factsStart, factsCount, subject.sectionCount)
  if (blocks === null || files === null) return null
  return { serial, isClean: flags === 1, blocks, files }
}

/** The highest whole state of the two generations. Throws DiskError when the disk can't be read. */
export async function loadResume(
  disk: Disk,
  folder: string,
  subject: ResumeSubject,
  hash: Hash,
): Promise<LoadedResume> {
  let best: LoadedResume = { kind: 'none' }
  for (const slot of ['resume.a', 'resume.b'] as const) {
    const bytes = await readWholeFile(disk, pathIn(folder, slot), maxResumeBytes(subject))
    const state = bytes === null ? null : decodeResume(bytes, subject, hash)
    if (state !== null && (best.kind === 'none' || state.serial > best.state.serial))
      best = { kind: 'state', state, slot }
  }
  return best
}

/** Writes a state into a slot; it survives a power cut once this returns. Throws DiskError. */
export function saveResume(
  disk: Disk,
  folder: string,
  slot: ResumeSlot,
  bytes: Uint8Array,
): Promise<void> {
  return writeWholeFile(disk, folder, slot, bytes)
}

/** The slot to write after this one. */
export function otherSlot(slot: ResumeSlot): ResumeSlot {
  return slot === 'resume.a' ? 'resume.b' : 'resume.a'
}

/** No resume file of this torrent is longer. */
function maxResumeBytes(subject: ResumeSubject): number {
  const blocks = BlockSet.maxEncodedBytes(subject.blockCount)
  const facts = subject.sectionCount * FACTS_BYTES
  return Math.min(HEADER_BYTES + blocks + facts + SHA256_BYTES, LIMITS.resumeBytes)
}

function identityOf(hashes: InfoHashes): Uint8Array {
  const out = new Uint8Array(SHA1_BYTES + SHA256_BYTES)
  if (hashes.v1 !== null) out.set(infoHashBytes(hashes.v1))
  if (hashes.v2 !== null) out.set(infoHashBytes(hashes.v2), SHA1_BYTES)
  return out
}

function decodeFacts(
  view: DataView,
  start: number,
  count: number,
  sectionCount: number,
): Map<number, FileFacts> | null {
  const files = new Map<number, FileFacts>()
  let previous = -1
  for (let i = 0; i < count; i++) {
    const at = start + i * FACTS_BYTES
    const index = view.getUint32(at)
    const size = view.getFloat64(at + 4)
    const modifiedMs = view.getFloat64(at + 12)
    if (index <= previous || index >= sectionCount) return null
    if (!Number.isSafeInteger(size) || size < 0 || !Number.isFinite(modifiedMs)) return null
    previous = index
    files.set(index, { size, modifiedMs })
  }
  return files
}
