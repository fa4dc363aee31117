import {
  MOST_MISSING_PARTS,
  type DiskTrouble,
  type StreamPhase,
  type StreamStatus,
  type StreamTrouble,
  type StuckReason,
} from '#api'
import type { Torrent, TorrentFailureCode, TorrentStatus } from '@matinee/engine'

/** Steps into which the time line's "on this disk" is divided. */
const DISK_STEPS = 100
/** What is asked about what lies ahead, in steps. */
const AHEAD_STEPS = 64

/** What is looked at of a torrent's status. */
export type StreamTorrentStatus = Pick<
  TorrentStatus,
  | 'phase'
  | 'peers'
  | 'trackers'
  | 'searches'
  | 'webSeeds'
  | 'waiting'
  | 'missing'
  | 'diskTrouble'
  | 'bytes'
  | 'downloadBytesPerSecond'
  | 'uploadBytesPerSecond'
>

/** What a stream's status is made of. */
export interface StreamFacts {
  /** Null before it was added. */
  readonly torrent: Pick<Torrent, 'verifiedIn'> | null
  readonly status: StreamTorrentStatus | null
  /** Null before the torrent is described. */
  readonly file: { readonly index: number } | null
  /** Of the film's file, in bytes. */
  readonly length: number
  readonly failure: StuckReason | null
  /** Where the film was read last, in bytes. */
  readonly position: number
  /** Null = not known. */
  readonly durationSeconds: number | null
  /** Whether this computer has an address that others could reach. */
  readonly hasNetwork: boolean
}

/** What the swarm is doing for a film. */
export function streamStatus(facts: StreamFacts): StreamStatus {
  const { status, length, durationSeconds } = facts
  const onDisk = partsOnDisk(facts)
  const have = verified(facts, 0, length)
  const peers = status?.peers
  const ahead = bytesAhead(facts)
  return {
    phase: phaseOf(facts, have === length),
    trouble: have === length ? null : troubleOf(facts),
    diskTrouble: diskTroubleOf(status),
    isDescribed: facts.file !== null,
    people: {
      known: peers?.known ?? 0,
      connected: peers?.connected ?? 0,
      sending: peers?.sending ?? 0,
    },
    webSeeds: readyWebSeeds(status),
    bytes: {
      length,
      have,
      received: status?.bytes.downloaded ?? 0,
      passedOn: status?.bytes.uploaded ?? 0,
    },
    ahead: {
      bytes: ahead,
      seconds: durationSeconds === null ? null : (ahead / length) * durationSeconds,
    },
    rates: {
      downBytesPerSecond: status?.downloadBytesPerSecond ?? 0,
      upBytesPerSecond: status?.uploadBytesPerSecond ?? 0,
    },
    onDisk,
  }
}

function verified({ torrent, file }: StreamFacts, start: number, end: number): number {
  return torrent === null || file === null ? 0 : torrent.verifiedIn(file.index, { start, end })
}

function partsOnDisk(facts: StreamFacts): StreamStatus['onDisk'] {
  const { length } = facts
  const stepEnd = (step: number): number => Math.floor((length * step) / DISK_STEPS)
  const parts: { start: number; end: number }[] = []
  if (facts.file === null) return parts
  for (let step = 0; step < DISK_STEPS; step++) {
    const [start, end] = [stepEnd(step), stepEnd(step + 1)]
    if (verified(facts, start, end) < end - start) continue
    const last = parts.at(-1)
    if (last?.end === step / DISK_STEPS) last.end = (step + 1) / DISK_STEPS
    else parts.push({ start: step / DISK_STEPS, end: (step + 1) / DISK_STEPS })
  }
  return parts
}

/** Verified bytes without a gap from where the film is read; the first gap is found by halving. */
function bytesAhead(facts: StreamFacts): number {
  const { position, length } = facts
  let whole = position
  let gap = length
  if (verified(facts, position, length) === length - position) return length - position
  for (let step = 0; step < AHEAD_STEPS && gap - whole > 1; step++) {
    const middle = Math.floor((whole + gap) / 2)
    if (verified(facts, whole, middle) === middle - whole) whole = middle
    else gap = middle
  }
  return whole - position
}

function diskTroubleOf(status: StreamTorrentStatus | null): DiskTrouble | null {
  const code = status?.diskTrouble ?? null
  return code === null ? null : code === 'full' ? 'full' : 'refused'
}

function readyWebSeeds(status: StreamTorrentStatus | null): number {
  return status?.webSeeds.filter(({ state }) => state.kind === 'ready').length ?? 0
}

function phaseOf({ status, failure }: StreamFacts, isWhole: boolean): StreamPhase {
  if (failure !== null) return { kind: 'failed', reason: failure }
  const phase = status?.phase
  switch (phase?.kind) {
    case undefined:
    case 'stopped':
      return { kind: 'starting' }
    case 'finding-metadata':
      return { kind: 'finding-people' }
    case 'checking':
      return { kind: 'checking', fraction: phase.checkedPieces / Math.max(1, phase.pieceCount) }
    case 'failed':
      return { kind: 'failed', reason: reasonOf(phase.code) }
    // Nobody reads it: it wakes with the next request.
    case 'resting':
      return { kind: 'live' }
    case 'live':
      return status?.peers.connected === 0 && readyWebSeeds(status) === 0 && !isWhole
        ? { kind: 'finding-people' }
        : { kind: 'live' }
  }
}

function reasonOf(code: TorrentFailureCode): StuckReason {
  switch (code) {
    case 'disk':
      return 'disk'
    case 'bad-source':
    case 'hybrid-conflict':
      return 'damaged'
    case 'stopped':
      return 'internal'
  }
}

/** A tracker or the DHT that was asked and hasn't answered yet may still know somebody: so long nothing is wrong. */
function troubleOf(facts: StreamFacts): StreamTrouble | null {
  const { status, hasNetwork, failure } = facts
  if (status === null || failure !== null) return null
  if (status.waiting?.kind === 'part-missing') return missingPart(facts)
  if (status.peers.connected > 0) return null
  if (readyWebSeeds(status) > 0) return null
  if (!hasNetwork) return { kind: 'network-off' }
  const { trackers, searches, peers } = status
  if (trackers.some(({ state }) => state.kind === 'waiting' || state.kind === 'asking')) return null
  if (searches.some(({ kind }) => kind === 'waiting' || kind === 'searching')) return null
  if (peers.known > 0) return { kind: 'unreachable', known: peers.known }
  const isAnswered =
    trackers.some(({ state }) => state.kind === 'answered') ||
    searches.some(({ kind }) => kind === 'searched')
  return isAnswered ? { kind: 'nobody' } : { kind: 'no-tracker', asked: trackers.length }
}

/** A23: how much of the film there is at all just now, and where it has gaps. */
function missingPart({ status, file, length }: StreamFacts): StreamTrouble {
  const known = status?.missing ?? null
  const parts = known !== null && known.fileIndex === file?.index ? known.parts : []
  const missingBytes = parts.reduce((sum, { start, end }) => sum + end - start, 0)
  return {
    kind: 'part-missing',
    had: 1 - missingBytes / length,
    missing: parts
      .slice(0, MOST_MISSING_PARTS)
      .map(({ start, end }) => ({ start: start / length, end: end / length })),
  }
}
