import {
  LIMITS,
  SECOND_MS,
  type Clock,
  type Http,
  type LearnedFrom,
  type Log,
  type Timer,
} from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockSource, SourceId, Supply } from '../pick/block-source.ts'
import { Pace } from '../pick/pace.ts'
import { RangeJob, type JobBlock, type JobEnd, type JobSource } from './range-job.ts'
import { Shortcuts } from './shortcuts.ts'
import { WebSeedFloor } from './web-seed-floor.ts'

/** Who is told what a web seed brings: the downloader, in the order of its own calls. */
export interface WebSeedHost {
  /** Returns what the bytes are to us. */
  onBlock(id: SourceId, block: number, bytes: Uint8Array): 'used' | 'wasted'
  onRejected(id: SourceId, block: number): void
  onReady(id: SourceId): void
  /** It has shown that it must not be asked again. Not called for wrong data: that is found out elsewhere. */
  onWrong(id: SourceId, reason: string): void
  /** Blocks of these pieces are about to be asked for: time to ask others for their hashes. */
  beforeRequests(blocks: readonly number[]): void
}

/** Where a web seed stands. */
export type WebSeedState =
  | { readonly kind: 'ready' }
  /** It failed or is busy; asked again at that time of the clock. */
  | { readonly kind: 'resting'; readonly untilMs: number }
  /** Never asked again: it lied, or the torrent has ended. */
  | { readonly kind: 'banned'; readonly reason: string }

/** What makes a web seed. */
export interface WebSeedParts {
  readonly id: SourceId
  readonly url: string
  readonly learnedFrom: LearnedFrom
  /** 1 = the publisher pays as usual; 0 = nothing. */
  readonly costWeight: number
  readonly metainfo: Metainfo
  readonly grid: BlockGrid
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly host: WebSeedHost
}

/** So many blocks are worth a request of their own while others are under way. */
const WORTH_A_REQUEST = 8
/** Name, connection, TLS, often a redirect: what the first answer takes before it has been measured. */
const FIRST_ANSWER_MS = 400
/** After the first failure; doubles up to {@link LIMITS.webSeedRestMs}. */
const FIRST_REST_MS = 5 * SECOND_MS

/** An HTTP server with the torrent's files (BEP 19), as a source of blocks. */
export class WebSeed implements BlockSource {
  readonly id: SourceId
  readonly kind = 'web-seed'
  readonly pace = new Pace(FIRST_ANSWER_MS)
  readonly url: string
  readonly #parts: WebSeedParts
  readonly #floor: WebSeedFloor
  readonly #shortcuts: Shortcuts
  /** Asked of us and in no request yet, in order. */
  #queue: number[] = []
  readonly #jobs = new Set<RangeJob>()
  /** Files that aren't there. */
  readonly #absent = new Set<number>()
  #state: WebSeedState = { kind: 'ready' }
  #failures = 0
  #timer: Timer | null = null
  /** Payload that came and was of use. */
  downloadedBytes = 0

  constructor(parts: WebSeedParts) {
    this.id = parts.id
    this.url = parts.url
    this.#parts = parts
    this.#floor = new WebSeedFloor(parts.clock, parts.costWeight)
    this.#shortcuts = new Shortcuts(parts.clock, parts.learnedFrom, (fileIndex) =>
      parts.metainfo.webSeedUrl(parts.url, fileIndex),
    )
    this.pace.allow(LIMITS.webSeedRequests * LIMITS.webSeedBlocks)
  }

  get state(): WebSeedState {
    return this.#state
  }

  /** Something is being fetched right now. */
  get isSending(): boolean {
    return this.#jobs.size > 0
  }

  canGive(piece: number): boolean {
    if (this.#state.kind !== 'ready') return false
    if (this.#absent.size === 0) return true
    const { layout } = this.#parts.metainfo
    const parts = layout.filesIn(layout.pieceSpan(layout.piece(piece)))
    return parts.every(({ fileIndex }) => !this.#absent.has(fileIndex))
  }

  hasRefused(): boolean {
    return false
  }

  isSpared(supply: Supply): boolean {
    return this.#state.kind !== 'ready' || this.#floor.isAbove(supply)
  }

  request(blocks: readonly number[]): void {
    this.#parts.host.beforeRequests(blocks)
    this.#queue.push(...blocks)
    this.#pump()
  }

  cancel(blocks: readonly number[]): void {
    const gone = new Set(blocks)
    const queued = this.#queue.filter((block) => gone.has(block))
    this.#queue = this.#queue.filter((block) => !gone.has(block))
    for (const job of this.#jobs) queued.push(...job.cancel(blocks))
    for (const block of queued) this.#parts.host.onRejected(this.id, block)
  }

  setWanted(): void {
    // HTTP has no word for it.
  }

  /** It sent wrong data, or answers what nobody asked: never asked again. */
  ban(reason: string): void {
    if (this.#state.kind === 'banned') return
    this.#parts.log.info('web seed banned', { webSeed: this.id, reason })
    this.#end(reason)
  }

  /** The torrent ends. */
  stop(): void {
    if (this.#state.kind !== 'banned') this.#end('the torrent stops')
  }

  #end(reason: string): void {
    this.#state = { kind: 'banned', reason }
    this.#giveUp()
  }

  /** Breaks every connection and returns what it owes. */
  #giveUp(): void {
    this.#timer?.cancel()
    const owed = [...this.#queue, ...[...this.#jobs].flatMap((job) => job.pending)]
    this.#queue = []
    for (const job of this.#jobs) job.stop()
    for (const block of owed) this.#parts.host.onRejected(this.id, block)
  }

  /** Turns what waits into requests, as far as it should be under way now. */
  #pump(): void {
    if (this.#state.kind !== 'ready') return
    while (this.#queue.length > 0 && this.#jobs.size < LIMITS.webSeedRequests) {
      if (this.#jobs.size > 0 && this.#queue.length < WORTH_A_REQUEST && !this.#isAlmostDone) return
      void this.#run(this.#nextJob())
    }
  }

  /** What is under way will have come before an answer to something new could begin. */
  get #isAlmostDone(): boolean {
    const { serviceMs, roundTripMs } = this.pace
    const left = [...this.#jobs].reduce((sum, job) => sum + job.pending.length, 0)
    return serviceMs === null || left * serviceMs <= roundTripMs
  }

  /** The longest run without gaps at the head of the queue. */
  #nextJob(): RangeJob {
    const { grid } = this.#parts
    const blocks: JobBlock[] = []
    for (const block of this.#queue.slice(0, LIMITS.webSeedBlocks)) {
      const span = grid.spanOf(block)
      const last = blocks.at(-1)
      if (last && (block <= last.block || span.start !== last.span.end)) break
      blocks.push({ block, span })
    }
    this.#queue.splice(0, blocks.length)
    return new RangeJob(blocks)
  }

  async #run(job: RangeJob): Promise<void> {
    const { http, metainfo, host } = this.#parts
    this.#jobs.add(job)
    const source: JobSource = {
      http,
      layout: metainfo.layout,
      addressOf: (fileIndex) => this.#shortcuts.addressOf(fileIndex),
      onAnswer: (fileIndex, asked, url) => this.#shortcuts.learn(fileIndex, asked, url),
    }
    const end = await job.run(source, (block, bytes) => {
      this.#failures = 0
      if (host.onBlock(this.id, block, bytes) === 'used') this.downloadedBytes += bytes.length
      this.#pump()
    })
    this.#jobs.delete(job)
    const owed = job.pending
    if (end) this.#judge(end)
    for (const block of owed) host.onRejected(this.id, block)
    this.#pump()
  }

  #judge({ failure, fileIndex, asked }: JobEnd): void {
    const { log, host } = this.#parts
    log.debug('web seed failed', { webSeed: this.id, ...failure })
    // Asked once more where it says itself that the file is.
    if (this.#shortcuts.failed(fileIndex, asked)) return
    if (failure.kind === 'wrong') host.onWrong(this.id, failure.reason)
    else if (failure.kind === 'absent') this.#absent.add(fileIndex)
    else this.#rest(failure.kind === 'busy' ? failure.restMs : null)
  }

  /** Leaves it alone for a while; what it owes is given back. */
  #rest(restMs: number | null): void {
    if (this.#state.kind !== 'ready') return
    const { clock, host } = this.#parts
    const usualMs = Math.min(FIRST_REST_MS * 2 ** this.#failures, LIMITS.webSeedRestMs)
    this.#failures++
    const untilMs = clock.nowMs() + Math.max(usualMs, restMs ?? 0)
    this.#state = { kind: 'resting', untilMs }
    this.#giveUp()
    this.#timer = clock.setTimer(untilMs - clock.nowMs(), () => {
      this.#state = { kind: 'ready' }
      host.onReady(this.id)
    })
  }
}
