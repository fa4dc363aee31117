import { test } from 'node:test'
import assert from 'node:assert/strict'
import { MIB, concatBytes, type ByteStream } from '@matinee/base'
import { contentOf } from '../content.ts'

/** Two ends of one new connection, not started. */
export interface StreamPair {
  readonly left: ByteStream
  readonly right: ByteStream
  /** Awaits a promise while time moves; rejects when it never settles. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>
  /** Lets so much time pass; 200 ms are enough for everything that is under way. */
  readonly pass: (ms: number) => Promise<void>
  readonly dispose: () => Promise<void>
}

/** What one end was told, in order, without the bytes themselves. */
class Witness {
  readonly stream: ByteStream
  readonly events: string[] = []
  readonly ended = Promise.withResolvers<void>()
  readonly drained = Promise.withResolvers<void>()
  readonly #chunks: Uint8Array[] = []
  #isInCall = false
  #waiting: { readonly count: number; readonly resolve: () => void } | null = null
  onBytes: (() => void) | null = null
  /** Every time an event came while the witness itself was calling the stream. */
  reentrances = 0
  count = 0

  constructor(stream: ByteStream) {
    this.stream = stream
    this.calling(() => stream.start(this.#listener()))
  }

  calling<T>(call: () => T): T {
    this.#isInCall = true
    try {
      return call()
    } finally {
      this.#isInCall = false
    }
  }

  get bytes(): Uint8Array {
    return concatBytes(this.#chunks)
  }

  has(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = { count, resolve }
      this.#check()
    })
  }

  #listener(): Parameters<ByteStream['start']>[0] {
    return {
      onBytes: (bytes) => {
        this.#note('bytes')
        this.#chunks.push(bytes.slice())
        this.count += bytes.length
        this.onBytes?.()
        this.#check()
      },
      onDrain: () => {
        this.#note('drain')
        assert.equal(this.stream.bufferedBytes, 0)
        this.drained.resolve()
      },
      onEnd: () => {
        this.#note('end')
        this.ended.resolve()
      },
      onFailure: (error) => {
        assert.ok(error instanceof Error)
        this.#note('failure')
        this.ended.resolve()
      },
    }
  }

  #note(event: string): void {
    if (this.#isInCall) this.reentrances++
    if (event !== 'bytes' || this.events.at(-1) !== 'bytes') this.events.push(event)
  }

  #check(): void {
    if (this.#waiting !== null && this.count >= this.#waiting.count) this.#waiting.resolve()
  }
}

const CONTENT = contentOf(1, { length: 16 * MIB })
const LAST = (events: readonly string[]): readonly string[] =>
  events.filter((event) => event === 'end' || event === 'failure')

/**
 * The contract of {@link ByteStream} as tests: call it at the top of a test file of each implementation.
 *
 * @param name stands before every test's name
 */
export function checkByteStreams(name: string, openPair: () => Promise<StreamPair>): void {
  const check = (sentence: string, run: (pair: StreamPair) => Promise<void>): void => {
    test(`${name}: ${sentence}`, async () => {
      const pair = await openPair()
      try {
        await run(pair)
      } finally {
        pair.left.destroy()
        pair.right.destroy()
        await pair.dispose()
      }
    })
  }

  check('bytes arrive whole and in order, both ways at once', async ({ left, right, until }) => {
    const [a, b] = [new Witness(left), new Witness(right)]
    for (let start = 0; start < MIB; start += 65_536) {
      const at = (from: number, to: number): Uint8Array =>
        CONTENT.bytesAt({ start: start + from, end: start + to })
      left.write([at(0, 1), at(1, 1), at(1, 40_000), at(40_000, 65_536)])
      right.write([at(0, 65_536)])
    }
    await until(Promise.all([a.has(MIB), b.has(MIB)]))
    const want = CONTENT.bytesAt({ start: 0, end: MIB })
    assert.deepEqual(b.bytes, want)
    assert.deepEqual(a.bytes, want)
  })

  check('each end knows both addresses', async ({ left, right }) => {
    assert.deepEqual(left.remote, right.local)
    assert.equal(left.local.port, right.remote.port)
  })

  check(
    'what came before the start is kept, and so is the end',
    async ({ left, right, until, pass }) => {
      new Witness(left)
      left.write([CONTENT.bytesAt({ start: 0, end: 1000 })])
      left.close()
      await pass(300)
      const witness = new Witness(right)
      await until(witness.ended.promise)
      assert.equal(witness.count, 1000)
      assert.deepEqual(witness.events, ['bytes', 'end'])
    },
  )

  check(
    'who writes faster than the other reads is told to stop, and when to go on',
    async (pair) => {
      const { left, right, until, pass } = pair
      const [a, b] = [new Witness(left), new Witness(right)]
      right.pause()
      const length = 16 * MIB
      assert.equal(
        a.calling(() => left.write([CONTENT.bytesAt({ start: 0, end: length })])),
        false,
      )
      await pass(500)
      assert.ok(left.bufferedBytes > 0, 'a paused reader holds the writer up')
      assert.ok(!a.events.includes('drain'))
      b.calling(() => right.resume())
      await until(a.drained.promise)
      await until(b.has(length))
      assert.ok(left.write([new Uint8Array(1)]))
      assert.deepEqual([a.reentrances, b.reentrances], [0, 0])
    },
  )

  check(
    'after a pause not one byte comes until it is resumed',
    async ({ left, right, until, pass }) => {
      new Witness(left)
      const witness = new Witness(right)
      witness.onBytes = () => right.pause()
      left.write([CONTENT.bytesAt({ start: 0, end: MIB })])
      await until(witness.has(1))
      const { count } = witness
      await pass(300)
      assert.equal(witness.count, count)
      witness.onBytes = null
      witness.calling(() => right.resume())
      await until(witness.has(MIB))
      assert.equal(witness.reentrances, 0)
    },
  )

  check(
    'close sends everything first, and both ends hear one end',
    async ({ left, right, until, pass }) => {
      const [a, b] = [new Witness(left), new Witness(right)]
      left.write([CONTENT.bytesAt({ start: 0, end: MIB })])
      left.close()
      left.write([new Uint8Array(100)])
      await until(Promise.all([a.ended.promise, b.ended.promise]))
      await pass(200)
      assert.equal(b.count, MIB)
      assert.deepEqual([LAST(a.events), LAST(b.events)], [['end'], ['end']])
      assert.equal(b.events.at(-1), 'end')
    },
  )

  check(
    'destroy is silent here, heard once there, and harmless twice',
    async ({ left, right, until, pass }) => {
      const [a, b] = [new Witness(left), new Witness(right)]
      right.write([CONTENT.bytesAt({ start: 0, end: 100_000 })])
      a.calling(() => left.destroy())
      left.destroy()
      left.write([new Uint8Array(10)])
      left.close()
      await until(b.ended.promise)
      await pass(200)
      assert.deepEqual(a.events, [])
      assert.equal(LAST(b.events).length, 1)
    },
  )

  check(
    'a stream destroyed while it delivers delivers nothing more',
    async ({ left, right, until, pass }) => {
      const a = new Witness(left)
      const witness = new Witness(right)
      witness.onBytes = () => right.destroy()
      left.write([CONTENT.bytesAt({ start: 0, end: MIB })])
      left.close()
      await until(witness.has(1))
      const { count } = witness
      await pass(300)
      assert.equal(witness.count, count)
      assert.deepEqual(witness.events, ['bytes'])
      assert.equal(LAST(a.events).length, 1)
    },
  )
}
