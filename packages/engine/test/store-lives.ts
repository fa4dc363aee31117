import assert from 'node:assert/strict'
import { equalBytes } from '@matinee/base'
import { FakeClock, FakeDisk, SeededRandom } from '@matinee/testkit'
import { makeStoredTorrent, type StoredTorrent } from './stored-torrent.ts'
import type { TorrentStore } from '../src/store/torrent-store.ts'
import { openStore } from './store-acts.ts'

const TORRENTS: readonly StoredTorrent[] = [
  makeStoredTorrent({ kind: 'v1', files: [100_001, 7, 40_000, 0, 90_000] }),
  makeStoredTorrent({ kind: 'hybrid', files: [150_000, 20_000, 3], pieceLength: 32_768 }),
  makeStoredTorrent({ kind: 'v2', files: [200_000, 33_000] }),
]

/** Small, so that files have several and blocks of v1 lie in two. */
const SECTION_BYTES = 64 * 1024

/** One session of random acts, until the disk stops answering or the acts are over. */
class Session {
  readonly #made: StoredTorrent
  readonly #store: TorrentStore
  readonly #random: SeededRandom
  readonly #clock: FakeClock
  readonly #marked: Set<number>
  /** How often a block was touched: whoever was overtaken doesn't mark. */
  readonly #touches = new Map<number, number>()
  readonly #going = new Set<number>()
  /** Named by a checkpoint that ended, and not touched since it began. */
  readonly kept = new Set<number>()

  constructor(made: StoredTorrent, store: TorrentStore, random: SeededRandom, clock: FakeClock) {
    this.#made = made
    this.#store = store
    this.#random = random
    this.#clock = clock
    this.#marked = new Set(made.blocks.filter((block) => store.claimed.has(block)))
  }

  async run(acts: number): Promise<void> {
    for (let i = 0; i < acts; i++) {
      const draw = this.#random.fraction()
      const act =
        draw < 0.55
          ? this.#writeRight()
          : draw < 0.75
            ? this.#writeWrong()
            : draw < 0.85
              ? this.#checkpoint()
              : draw < 0.87
                ? this.#release()
                : draw < 0.9
                  ? this.#unmark()
                  : this.#clock.advance(this.#random.below(3000))
      // Sometimes the next act comes while this one is under way.
      if (draw >= 0.9 || this.#random.chance(0.5)) await act
      else act.catch(() => {})
    }
    if (this.#random.chance(0.3)) await this.#store.close()
  }

  #touch(block: number): number {
    this.#marked.delete(block)
    this.kept.delete(block)
    const touches = (this.#touches.get(block) ?? 0) + 1
    this.#touches.set(block, touches)
    return touches
  }

  async #writeRight(): Promise<void> {
    const blocks = this.#someBlocks()
    await Promise.all(
      blocks.map(async (block) => {
        const touches = this.#touch(block)
        const span = this.#made.blockSpan(block)
        assert.ok(span)
        await this.#store.write(span.start, this.#made.bytesOf(span))
        if (this.#touches.get(block) !== touches) return
        this.#store.markVerified([block])
        this.#marked.add(block)
      }),
    )
  }

  /** Bytes that never count: without a mark, in the place of whatever was there. */
  async #writeWrong(): Promise<void> {
    const [block] = this.#someBlocks()
    const span = block === undefined ? null : this.#made.blockSpan(block)
    if (block === undefined || span === null) return
    this.#touch(block)
    if (this.#random.chance(0.5)) this.#store.unmark(block)
    await this.#store.write(span.start, new Uint8Array(span.end - span.start).fill(0xee))
  }

  async #unmark(): Promise<void> {
    const block = this.#random.pick(this.#made.blocks)
    this.#touch(block)
    this.#store.unmark(block)
  }

  /** What is written while its section goes may go with it, or not. */
  async #release(): Promise<void> {
    const section = this.#random.below(this.#store.sections.count)
    const { start, end } = this.#store.sections.spanOf(section)
    const going = this.#made.blocks.filter((block) => {
      const span = this.#made.blockSpan(block)
      return span !== null && span.start < end && start < span.end
    })
    for (const block of going) {
      this.#touch(block)
      this.#going.add(block)
    }
    await this.#store.release(section)
    for (const block of going) {
      this.#touch(block)
      this.#going.delete(block)
    }
  }

  async #checkpoint(): Promise<void> {
    const before = [...this.#marked].map((block) => ({ block, touches: this.#touches.get(block) }))
    await this.#store.checkpoint()
    for (const { block, touches } of before)
      if (this.#touches.get(block) === touches && !this.#going.has(block)) this.kept.add(block)
  }

  #someBlocks(): number[] {
    const first = this.#random.below(this.#made.blocks.length)
    return this.#made.blocks.slice(first, first + 1 + this.#random.below(4))
  }
}

/** Every claimed block is right on the disk. Returns how many there were. */
export async function assertClaimsRight(
  made: StoredTorrent,
  store: TorrentStore,
  what: string,
): Promise<number> {
  for (const block of made.blocks) {
    const span = made.blockSpan(block)
    if (span === null || !store.claimed.has(block)) continue
    const bytes = await store.read(span)
    assert.ok(equalBytes(bytes, made.bytesOf(span)), `${what}: block ${block} is claimed and wrong`)
  }
  return store.claimed.count
}

/**
 * A few sessions on one disk, each ended by a power cut at a random call. Asserts that every claimed
 * block is right, and that what a checkpoint had kept is claimed. Returns how many claims there were.
 */
export async function liveThroughCuts(seed: number): Promise<number> {
  const random = new SeededRandom(`crash/${seed}`)
  const made = random.pick(TORRENTS)
  let disk = new FakeDisk()
  await disk.makeFolder('/engine')
  await disk.syncFolder('/')
  let claims = 0
  for (let life = 0; life < 3; life++) {
    const what = `seed ${seed}, life ${life}`
    const clock = new FakeClock()
    const store = await openStore(made, disk, { clock, sectionBytes: SECTION_BYTES })
    claims += await assertClaimsRight(made, store, what)
    const session = new Session(made, store, random, clock)
    const halted = disk.haltAt(disk.calls.length + 1 + random.below(200))
    await Promise.race([session.run(40), halted])
    // What the session still does after the cut, nobody will know.
    const kept = [...session.kept]
    disk = disk.crash(random)
    await disk.makeFolder('/engine')
    const after = await openStore(made, disk, { sectionBytes: SECTION_BYTES })
    await assertClaimsRight(made, after, what)
    for (const block of kept)
      assert.ok(after.claimed.has(block), `${what}: block ${block} was kept and is lost`)
    claims += after.claimed.count
  }
  return claims
}
