/** Why a disk act failed; `code` is stable. */
export type DiskErrorCode = 'not-found' | 'exists' | 'full' | 'read-only' | 'denied' | 'io'

/** The disk refused. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
  readonly code: DiskErrorCode
  constructor(code: DiskErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An open file with positioned reads and writes. Every method throws {@link DiskError}. */
export interface DiskFile {
  /** Fills `into` from `position`; returns how many bytes there were (less only at the end of the file). */
  read(position: number, into: Uint8Array): Promise<number>
  /** Writes all chunks one after another from `position`, or throws. The file grows sparsely. */
  write(position: number, chunks: readonly Uint8Array[]): Promise<void>
  /** On return what was written survives a power cut (fdatasync). */
  sync(): Promise<void>
  size(): Promise<number>
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

/** What is known of a file without opening it. */
export interface FileFacts {
  readonly size: number
  readonly modifiedMs: number
}

/** A file system, as small as the product needs. Paths are absolute, in the form of the system. */
export interface Disk {
  /** `write` creates the file when missing, mode 0600. Throws `not-found` when reading a missing one. */
  open(path: string, mode: 'read' | 'write'): Promise<DiskFile>
  /** `null` when there is nothing. */
  facts(path: string): Promise<FileFacts | null>
  /** Parents included, mode 0700; existing is fine. */
  makeFolder(path: string): Promise<void>
  /** Names in a folder; empty when it doesn't exist. */
  list(path: string): Promise<readonly string[]>
  /** Replaces `to` atomically. */
  rename(from: string, to: string): Promise<void>
  /** A missing file is fine. */
  remove(path: string): Promise<void>
  /** On return names made, renamed or removed in the folder survive a power cut. */
  syncFolder(path: string): Promise<void>
}
