import type { BlockSource, Supply } from '../../src/pick/block-source.ts'
import { Pace } from '../../src/pick/pace.ts'
import { WebSeedFloor } from '../../src/webseed/web-seed-floor.ts'
import { sentMs, type PeerPlan, type WebSeedPlan } from './peer-plan.ts'
import type { PeerWorld } from './sim-peer.ts'
import { toyBlock } from './toy-torrent.ts'

/** As the engine's web seed does, of which this is the outside: see its constants. */
const MOST_JOBS = 4
const MOST_BLOCKS = 32
const WORTH_A_REQUEST = 8
const WORTH_BREAKING_BLOCKS = 4
const FIRST_ANSWER_MS = 400
/** TCP and TLS, before a new connection can carry a request. */
const CONNECT_ROUND_TRIPS = 2
const HEADER_BYTES = 300

/** One range request. */
interface Job {
  /** Not sent yet, in order. */
  readonly left: number[]
  /** Not here yet. */
  readonly pending: Set<number>
  readonly canceled: Set<number>
  isBroken: boolean
}

/**
 * A web seed as the scheduler sees it, asked by the product's own rule of when to spare it: blocks in a row
 * make a request, up to four are under way, their answers share the server's rate one after another.
 */
export class SimWebSeed implements BlockSource {
  readonly id: number
  readonly kind = 'web-seed'
  readonly pace = new Pace(FIRST_ANSWER_MS)
  readonly #plan: PeerPlan
  readonly #world: PeerWorld
  readonly #floor: WebSeedFloor
  #queue: number[] = []
  readonly #jobs = new Set<Job>()
  readonly #answers: Job[] = []
  #connections = 0
  #isSending = false
  /** Payload that was sent. */
  bytes = 0

  constructor(id: number, plan: WebSeedPlan, world: PeerWorld) {
    this.id = id
    this.#plan = { ...plan, manner: { kind: 'serves' } }
    this.#world = world
    this.#floor = new WebSeedFloor(world.clock, 1)
    this.pace.allow(MOST_JOBS * MOST_BLOCKS)
  }

  canGive(): boolean {
    return true
  }

  hasRefused(): boolean {
    return false
  }

  isSpared(supply: Supply): boolean {
    return this.#floor.isAbove(supply)
  }

  request(blocks: readonly number[]): void {
    const { grid } = this.#world
    this.#world.askPeersForLeaves(new Set(blocks.map((block) => grid.pieceOf(block))))
    this.#queue.push(...blocks)
    this.#pump()
  }

  cancel(blocks: readonly number[]): void {
    const gone = new Set(blocks)
    const dropped = this.#queue.filter((block) => gone.has(block))
    this.#queue = this.#queue.filter((block) => !gone.has(block))
    for (const job of this.#jobs) {
      for (const block of job.pending) if (gone.has(block)) job.canceled.add(block)
      const isUseless = job.pending.isSubsetOf(job.canceled)
      if (!isUseless || job.pending.size <= WORTH_BREAKING_BLOCKS) continue
      dropped.push(...job.pending)
      job.left.length = 0
      job.isBroken = true
      this.#connections--
      this.#jobs.delete(job)
    }
    for (const block of dropped) this.#world.downloader.onRejected(this.id, block)
  }

  setWanted(): void {
    // HTTP has no word for it.
  }

  #pump(): void {
    while (this.#queue.length > 0 && this.#jobs.size < MOST_JOBS) {
      if (this.#jobs.size > 0 && this.#queue.length < WORTH_A_REQUEST && !this.#isAlmostDone) return
      this.#ask()
    }
  }

  get #isAlmostDone(): boolean {
    const { serviceMs, roundTripMs } = this.pace
    const left = [...this.#jobs].reduce((sum, job) => sum + job.pending.size, 0)
    return serviceMs === null || left * serviceMs <= roundTripMs
  }

  #ask(): void {
    let count = 1
    while (count < MOST_BLOCKS && this.#queue[count] === (this.#queue[count - 1] ?? 0) + 1) count++
    const left = this.#queue.splice(0, count)
    const job: Job = { left, pending: new Set(left), canceled: new Set(), isBroken: false }
    const isNew = this.#jobs.size >= this.#connections
    if (isNew) this.#connections++
    this.#jobs.add(job)
    const { rttMs } = this.#plan
    this.#world.clock.setTimer(rttMs * (0.5 + (isNew ? CONNECT_ROUND_TRIPS : 0)), () => {
      this.#answers.push(job)
      this.#send(HEADER_BYTES)
    })
  }

  #send(headerBytes: number): void {
    const job = this.#answers[0]
    if (this.#isSending || !job) return
    const block = job.left[0]
    if (block === undefined) {
      this.#answers.shift()
      this.#send(HEADER_BYTES)
      return
    }
    this.#isSending = true
    const { clock, grid, line } = this.#world
    const { start, end } = grid.spanOf(block)
    const bytes = end - start + headerBytes
    clock.at(sentMs(this.#plan, 0, clock.nowMs(), bytes), () => {
      this.#isSending = false
      const hereMs = line.book(bytes) + this.#plan.rttMs / 2
      if (!job.isBroken) clock.at(hereMs, () => this.#arrive(job, block, bytes))
      job.left.shift()
      this.#send(0)
    })
  }

  #arrive(job: Job, block: number, bytes: number): void {
    this.bytes += bytes
    if (job.isBroken) return
    job.pending.delete(block)
    if (job.pending.size === 0) this.#jobs.delete(job)
    const { grid, downloader } = this.#world
    const { start, end } = grid.spanOf(block)
    this.#world.onArrival(block, bytes, this.#plan)
    downloader.onBlock(this.id, block, toyBlock(0, end - start))
    this.#pump()
  }
}
