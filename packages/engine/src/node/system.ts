/**
 * The real clock, chance, hash and disk: with its neighbour the only files of this package that touch the machine
 * (src/create/ apart, which reads files in threads). Everything else is handed these.
 */
import { createHash, hash, randomBytes, randomInt } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises'
import { DiskError } from '@matinee/base'
import type { Clock, Disk, DiskErrorCode, DiskFile, Hash, Random, Timer } from '@matinee/base'

export { verifyEd25519 } from './ed25519.ts'

/** The longest delay `setTimeout` takes; a longer one would run at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/** The machine's clock. Intervals are monotonic; a timer of 0 ms runs after the current turn's I/O. */
export function systemClock(): Clock {
  return {
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    setTimer: (delayMs, run) => startTimer(delayMs, run),
  }
}

function startTimer(delayMs: number, run: () => void): Timer {
  if (delayMs <= 0) {
    // setTimeout would wait at least 1 ms: work that yields every mebibyte would run at half speed.
    const immediate = setImmediate(run)
    return { cancel: () => clearImmediate(immediate) }
  }
  let timeout: NodeJS.Timeout
  const arm = (leftMs: number): void => {
    timeout =
      leftMs > MAX_TIMEOUT_MS
        ? setTimeout(() => arm(leftMs - MAX_TIMEOUT_MS), MAX_TIMEOUT_MS)
        : setTimeout(run, leftMs)
  }
  arm(delayMs)
  return { cancel: () => clearTimeout(timeout) }
}

/** Cryptographic chance. */
export function systemRandom(): Random {
  return {
    bytes: (length) => plainBytes(randomBytes(length)),
    below: (limit) => randomInt(limit),
  }
}

/** SHA-1 and SHA-256 of the machine's OpenSSL. */
export function systemHash(): Hash {
  return {
    sha1: (bytes) => plainBytes(hash('sha1', bytes, 'buffer')),
    sha256: (bytes) => plainBytes(hash('sha256', bytes, 'buffer')),
    startSha1: () => {
      const running = createHash('sha1')
      return {
        update: (bytes) => {
          running.update(bytes)
        },
        finish: () => plainBytes(running.digest()),
      }
    },
  }
}

/** A view that isn't a Buffer: Buffer's methods (`slice` shares, `toString` decodes) must not leak. */
function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
}

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** Missing on Windows, where a link needs a privilege to make. */
const NO_FOLLOW: number = constants.O_NOFOLLOW ?? 0

/**
 * The machine's file system. A path whose last part is a symbolic link is refused (`denied`) where
 * the system can: nothing that the product writes is ever a link.
 */
export function systemDisk(): Disk {
  return {
    open: (path, mode) =>
      attempt(`cannot open ${path} to ${mode}`, async () => {
        const access = mode === 'read' ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT
        return new SystemFile(await open(path, access | NO_FOLLOW, FILE_MODE), path)
      }),
    facts: (path) =>
      attempt(`cannot look at ${path}`, async () => {
        try {
          const { size, mtimeMs } = await lstat(path)
          return { size, modifiedMs: mtimeMs }
        } catch (error) {
          if (isMissing(error)) return null
          throw error
        }
      }),
    makeFolder: (path) =>
      attempt(`cannot make the folder ${path}`, async () => {
        await mkdir(path, { recursive: true, mode: FOLDER_MODE })
      }),
    list: (path) =>
      attempt(`cannot list ${path}`, async () => {
        try {
          return await readdir(path)
        } catch (error) {
          if (isMissing(error)) return []
          throw error
        }
      }),
    rename: (from, to) => attempt(`cannot rename ${from} to ${to}`, () => rename(from, to)),
    remove: (path) =>
      attempt(`cannot remove ${path}`, async () => {
        try {
          await unlink(path)
        } catch (error) {
          if (!isMissing(error)) throw error
        }
      }),
    syncFolder: (path) => attempt(`cannot sync the folder ${path}`, () => syncFolder(path)),
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows has no fsync of a folder: NTFS journals names by itself, so this is a no-op there.
  if (process.platform === 'win32') return
  await using handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } catch (error) {
    // Some file systems (FUSE, network shares) have no fsync of a folder and answer these two.
    const code = systemCode(error)
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error
  }
}

class SystemFile implements DiskFile {
  readonly #handle: FileHandle
  readonly #path: string

  constructor(handle: FileHandle, path: string) {
    this.#handle = handle
    this.#path = path
  }

  read(position: number, into: Uint8Array): Promise<number> {
    return attempt(`cannot read ${this.#path} at ${position}`, async () => {
      let filled = 0
      while (filled < into.length) {
        const { bytesRead } = await this.#handle.read(
          into,
          filled,
          into.length - filled,
          position + filled,
        )
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return filled
    })
  }

  write(position: number, chunks: readonly Uint8Array[]): Promise<void> {
    return attempt(`cannot write ${this.#path} at ${position}`, async () => {
      let left = chunks.filter((chunk) => chunk.length > 0)
      let at = position
      while (left.length > 0) {
        // A disk that runs full takes a part and reports success: the rest is asked for again.
        const { bytesWritten } = await this.#handle.writev(left, at)
        if (bytesWritten === 0)
          throw new DiskError('full', `${this.#path} takes no more bytes at ${at}`)
        at += bytesWritten
        left = dropBytes(left, bytesWritten)
      }
    })
  }

  sync(): Promise<void> {
    return attempt(`cannot sync ${this.#path}`, () => this.#handle.datasync())
  }

  size(): Promise<number> {
    return attempt(`cannot size ${this.#path}`, async () => (await this.#handle.stat()).size)
  }

  truncate(size: number): Promise<void> {
    return attempt(`cannot truncate ${this.#path}`, () => this.#handle.truncate(size))
  }

  close(): Promise<void> {
    return attempt(`cannot close ${this.#path}`, () => this.#handle.close())
  }
}

/** The chunks without their first `count` bytes. */
function dropBytes(chunks: readonly Uint8Array[], count: number): Uint8Array[] {
  const rest: Uint8Array[] = []
  let skip = count
  for (const chunk of chunks) {
    if (skip >= chunk.length) skip -= chunk.length
    else {
      rest.push(skip === 0 ? chunk : chunk.subarray(skip))
      skip = 0
    }
  }
  return rest
}

/** Runs a system call; what it throws becomes a {@link DiskError}. */
async function attempt<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof DiskError) throw error
    throw new DiskError(diskErrorCode(error), `${what} (${systemCode(error)})`, { cause: error })
  }
}

function diskErrorCode(error: unknown): DiskErrorCode {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'not-found'
    case 'EEXIST':
      return 'exists'
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'full'
    case 'EROFS':
      return 'read-only'
    case 'EACCES':
    case 'EPERM':
    case 'ELOOP':
      return 'denied'
    default:
      return 'io'
  }
}

function isMissing(error: unknown): boolean {
  return diskErrorCode(error) === 'not-found'
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no code'
}
