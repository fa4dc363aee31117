/** A thread that hashes jobs: a {@link HashJob} comes in, {@link WorkerMessage}s go out. */
import { parentPort } from 'node:worker_threads'
import { MIB, assert, messageOf } from '@matinee/base'
import type { HashJob, WorkerMessage } from './hash-job.ts'
import { PieceHasher, ShortFileError } from './piece-hasher.ts'

/** Progress isn't told more often than this. */
const TELL_EVERY_BYTES = 4 * MIB

const port = parentPort
assert(port !== null, 'the hash worker runs in a thread of its own')
const say = (message: WorkerMessage): void => port.postMessage(message)

let untold = 0
const tell = (): void => {
  if (untold > 0) say({ kind: 'read', byteCount: untold })
  untold = 0
}
const inHand = { path: '' }
const hasher = new PieceHasher(inHand, (byteCount) => {
  untold += byteCount
  if (untold >= TELL_EVERY_BYTES) tell()
})

port.on('message', (job: HashJob) => {
  try {
    const hashes = hasher.hash(job)
    tell()
    say({ kind: 'done', hashes })
  } catch (error) {
    const isShort = error instanceof ShortFileError
    const systemCode = error instanceof Error && 'code' in error ? String(error.code) : ''
    say({ kind: 'failed', path: inHand.path, isShort, text: messageOf(error), systemCode })
  }
})
