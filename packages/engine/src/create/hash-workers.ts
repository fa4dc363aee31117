import { Worker } from 'node:worker_threads'
import { CreateError } from './create-error.ts'
import type { HashJob, JobHashes, WorkerMessage } from './hash-job.ts'

export interface HashWorkersOptions {
  /** At least one. */
  readonly workers: number
  readonly signal?: AbortSignal | undefined
  readonly onRead: (byteCount: number) => void
  readonly onHashes: (job: HashJob, hashes: JobHashes) => void
}

/**
 * Hands jobs to threads, each the next one as soon as it is free, until there are no more. The threads
 * have ended when this returns or throws. Throws {@link CreateError} `unreadable` and `changed`, and
 * the signal's reason.
 */
export async function hashInWorkers(
  jobs: Iterator<HashJob>,
  options: HashWorkersOptions,
): Promise<void> {
  const { signal } = options
  const workers: Worker[] = []
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    signal?.throwIfAborted()
    const running: Promise<void>[] = []
    for (let i = 0; i < options.workers; i++) {
      const worker = new Worker(new URL('./hash-worker.ts', import.meta.url))
      workers.push(worker)
      running.push(runJobs(worker, jobs, options))
    }
    await Promise.race([Promise.all(running), aborted.promise])
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

async function runJobs(
  worker: Worker,
  jobs: Iterator<HashJob>,
  options: HashWorkersOptions,
): Promise<void> {
  for (let next = jobs.next(); next.done !== true; next = jobs.next())
    options.onHashes(next.value, await runJob(worker, next.value, options.onRead))
}

function runJob(
  worker: Worker,
  job: HashJob,
  onRead: (byteCount: number) => void,
): Promise<JobHashes> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: WorkerMessage): void => {
      if (message.kind === 'read') {
        onRead(message.byteCount)
        return
      }
      worker.off('message', onMessage)
      worker.off('error', reject)
      if (message.kind === 'done') resolve(message.hashes)
      else reject(toCreateError(message))
    }
    worker.on('message', onMessage)
    worker.once('error', reject)
    worker.postMessage(job)
  })
}

function toCreateError(message: WorkerMessage & { kind: 'failed' }): CreateError {
  return message.isShort
    ? new CreateError('changed', `${message.path} became shorter while it was read`)
    : new CreateError('unreadable', `cannot read ${message.path}`, {
        cause: Object.assign(new Error(message.text), { code: message.systemCode }),
      })
}
