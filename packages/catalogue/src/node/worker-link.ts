/** Typed calls to a thread of our own, one answer each. A thread that ends is started again by the next call. */
import { Worker } from 'node:worker_threads'
import { type Log, untilAborted } from '@matinee/base'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import type { Answer, Calls, Logged, Question } from './worker-messages.ts'

interface Pending {
  readonly settle: (answer: Answer) => void
  readonly fail: (error: Error) => void
}

interface Waiting {
  readonly question: Question
  readonly pending: Pending
  readonly signal: AbortSignal | undefined
}

/** How many questions a thread is given at once: those that wait here can still be called off. */
const AT_ONCE = 2

/** One thread behind the calls `C`. */
export class WorkerLink<C extends Calls<C>> implements AsyncDisposable {
  readonly #script: URL
  readonly #workerData: unknown
  readonly #log: Log
  readonly #pending = new Map<number, Pending>()
  #waiting: Waiting[] = []
  #worker: Worker | null = null
  #next = 0
  #isClosed = false

  constructor(script: URL, workerData: unknown, log: Log) {
    this.#script = script
    this.#workerData = workerData
    this.#log = log
  }

  /**
   * Asks for something. Rejects with {@link CatalogueStoreError}, or with the signal's reason as soon as that is
   * aborted; what the thread was already at, it finishes.
   */
  call<N extends keyof C & string>(
    name: N,
    argument: Parameters<C[N]>[0],
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<C[N]>>> {
    const answered = new Promise<Awaited<ReturnType<C[N]>>>((resolve, reject) => {
      if (this.#isClosed) return reject(new CatalogueStoreError('closed', `${name}: it is closed`))
      signal?.throwIfAborted()
      const question: Question = { id: this.#next++, name, argument }
      const settle = (answer: Answer): void => {
        if (answer.kind === 'value') resolve(answer.value as Awaited<ReturnType<C[N]>>)
        else reject(new CatalogueStoreError(answer.code, answer.message))
      }
      this.#waiting.push({ question, pending: { settle, fail: reject }, signal })
      this.#send()
    })
    return untilAborted(answered, signal)
  }

  /** Ends the thread, whatever it's at. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    const worker = this.#worker
    this.#end(new CatalogueStoreError('closed', 'the catalogue was closed'))
    await worker?.terminate()
  }

  #send(): void {
    this.#waiting = this.#waiting.filter(({ signal }) => signal?.aborted !== true)
    while (this.#pending.size < AT_ONCE) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#pending.set(next.question.id, next.pending)
      this.#worker ??= this.#start()
      this.#worker.ref()
      this.#worker.postMessage(next.question)
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#workerData })
    const onEnd = (message: string): void => {
      // A thread that was replaced has nothing to say any more.
      if (this.#worker !== worker) return
      this.#log.error('catalogue-worker-ended', { message })
      this.#end(new CatalogueStoreError('worker-crashed', message))
    }
    worker.on('message', (message: Answer | Logged) => {
      if (this.#worker !== worker) return
      if (message.kind === 'log') return this.#log[message.level](message.event, message.fields)
      const pending = this.#pending.get(message.id)
      this.#pending.delete(message.id)
      this.#send()
      // Nobody waits: the thread alone keeps no process alive.
      if (this.#pending.size === 0) worker.unref()
      pending?.settle(message)
    })
    worker.on('messageerror', (error) => onEnd(`an answer can't be read: ${error.message}`))
    worker.on('error', (error) => onEnd(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => onEnd(`the catalogue's thread ended with ${code}`))
    return worker
  }

  #end(error: CatalogueStoreError): void {
    const failed = [...this.#pending.values(), ...this.#waiting.map(({ pending }) => pending)]
    this.#pending.clear()
    this.#waiting = []
    this.#worker = null
    for (const { fail } of failed) fail(error)
  }
}
