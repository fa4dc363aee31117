import type { Torrent, TorrentStatus } from '@matinee/engine'
import type { TorrentFile } from '@matinee/protocol'
import { sizeWords } from '../size-words.ts'

/** Where a stream stands, as `--json` prints it. Sizes in bytes, rates in bytes a second. */
export interface ProgressEvent {
  readonly event: 'progress'
  readonly phase: TorrentStatus['phase']['kind']
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
  const people = progress.peers === 1 ? '1 person' : `${progress.peers} people`
  switch (progress.phase) {
    case 'finding-metadata':
      return `Looking for people who have this; ${people} connected`
    case 'checking':
      return 'Checking what is on this disk'
    case 'live': {
      const part = progress.length === 0 ? 100 : Math.floor((progress.have / progress.length) * 100)
      const down = `${sizeWords(progress.downloadBytesPerSecond)}/s in`
      const up = `${sizeWords(progress.uploaded)} passed on`
      return `${part} % here; ${people} connected; ${down}; ${up}`
    }
    case 'failed':
    case 'stopped':
      return 'Stopped'
  }
}
