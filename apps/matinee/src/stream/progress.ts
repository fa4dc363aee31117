import type { Torrent, TorrentStatus, WaitReason } from '@matinee/engine'
import type { TorrentFile } from '@matinee/protocol'
import { sizeWords } from '../size-words.ts'

/** Where a stream stands, as `--json` prints it. Sizes in bytes, rates in bytes a second. */
export interface ProgressEvent {
  readonly event: 'progress'
  readonly phase: TorrentStatus['phase']['kind']
  /** Why nothing comes; `null` while nobody waits. */
  readonly waiting: WaitReason | null
  /** Connected. */
  readonly peers: number
  /** Of the file: its length, or 0 while it isn't known. */
  readonly length: number
  /** Of the file: verified and on the disk. */
  readonly have: number
  /** Payload since the start. */
  readonly downloaded: number
  readonly uploaded: number
  readonly downloadBytesPerSecond: number
  readonly uploadBytesPerSecond: number
}

export function progressOf(torrent: Torrent, file: TorrentFile | null): ProgressEvent {
  const status = torrent.status()
  const length = file?.length ?? 0
  return {
    event: 'progress',
    phase: status.phase.kind,
    waiting: status.waiting,
    peers: status.peers.connected,
    length,
    have: file === null ? 0 : torrent.verifiedIn(file.index, { start: 0, end: length }),
    downloaded: status.bytes.downloaded,
    uploaded: status.bytes.uploaded,
    downloadBytesPerSecond: Math.round(status.downloadBytesPerSecond),
    uploadBytesPerSecond: Math.round(status.uploadBytesPerSecond),
  }
}

/** The same in a line for people. */
export function progressWords(progress: ProgressEvent): string {
  const { waiting } = progress
  switch (progress.phase) {
    case 'finding-metadata':
      return waiting === null ? 'Looking for people who have this' : waitingWords(waiting)
    case 'checking':
      return 'Checking what is on this disk'
    case 'live': {
      const part = progress.length === 0 ? 100 : Math.floor((progress.have / progress.length) * 100)
      const down = `${sizeWords(progress.downloadBytesPerSecond)}/s in`
      const up = `${sizeWords(progress.uploaded)} passed on`
      const people = `${peopleWords(progress.peers)} connected`
      const wait = waiting === null || waiting.kind === 'arriving' ? people : waitingWords(waiting)
      return `${part} % here; ${wait}; ${down}; ${up}`
    }
    case 'resting':
      return 'At rest until somebody asks for it'
    case 'failed':
    case 'stopped':
      return 'Stopped'
  }
}

/** What is waited for, in words for people. */
export function waitingWords(reason: WaitReason): string {
  switch (reason.kind) {
    case 'asking-trackers':
      return reason.asked === 0
        ? 'Asking the DHT who has this'
        : `Asking ${counted(reason.asked, 'tracker')} who has this`
    case 'no-tracker':
      return noTrackerWords(reason.asked)
    case 'nobody':
      return 'Nobody is known to have this at the moment; it is asked for again'
    case 'connecting':
      return `Connecting to ${peopleWords(reason.known)}`
    case 'unreachable':
      return `${peopleWords(reason.known)} known, and none can be reached; they are tried again`
    case 'metadata':
      return `Asking ${peopleWords(reason.peers)} what is in this torrent`
    case 'checking':
      return 'Checking what is on this disk'
    case 'part-missing':
      return `${peopleWords(reason.connected)} connected, and nobody has the part that is needed next`
    case 'choked':
      return `${peopleWords(reason.connected)} connected, and nobody sends yet`
    case 'arriving':
      return `It comes from ${counted(reason.sources, 'place')}`
  }
}

function noTrackerWords(asked: number): string {
  if (asked === 0)
    return 'No tracker is named here, and nobody else can be asked: take a link or a torrent file that names one'
  return asked === 1
    ? "The tracker doesn't answer; it is asked again. Is the network on?"
    : `None of ${asked} trackers answers; they are asked again. Is the network on?`
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
