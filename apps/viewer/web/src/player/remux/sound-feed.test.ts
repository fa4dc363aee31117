import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { MemorySourceBuffer, SECOND_BYTES } from '../../../test/memory-source-buffer.ts'
import { settled } from '../../../test/turned-clock.ts'
import { PieceBuffer } from './piece-buffer.ts'
import { SoundFeed, type FetchSound } from './sound-feed.ts'

const SECOND = 'x'.repeat(SECOND_BYTES)

/** Sound that comes piece by piece, when it's asked for; then it ends, or breaks off. */
function sound(pieces: readonly string[], end: 'whole' | 'cut'): Response {
  const left = [...pieces]
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = left.shift()
        if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece))
        else if (end === 'whole') controller.close()
        else controller.error(new TypeError('network error'))
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body)
}

/** A feed with a browser that takes whatever comes, and a server that answers one asking after the other. */
function feeding(
  t: TestContext,
  answer: (asking: number, signal: AbortSignal) => Promise<Response>,
) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const source = new MemorySourceBuffer()
  const fail = (): never => assert.fail('the browser takes everything')
  const buffer = new PieceBuffer(source, {
    now: () => 0,
    onChange: () => undefined,
    onBroken: fail,
  })
  const asked: { readonly seconds: number; readonly signal: AbortSignal }[] = []
  const state = { mayGoOn: true, broken: 0 }
  const fetch: FetchSound = (seconds, signal) => {
    asked.push({ seconds, signal })
    return answer(asked.length, signal)
  }
  const feed = new SoundFeed({
    fetch,
    buffer,
    mayGoOn: () => state.mayGoOn,
    onBroken: () => void state.broken++,
  })
  return { feed, source, buffer, asked, state, places: () => asked.map(({ seconds }) => seconds) }
}

/** Lets as much time pass as any waiting here takes. */
async function pass(t: TestContext): Promise<void> {
  for (let times = 0; times < 40; times++) {
    await settled()
    t.mock.timers.tick(200)
  }
}

test('a sound that comes whole is appended from its moment on, and ends', async (t) => {
  const { feed, source, buffer, places, state } = feeding(t, async () =>
    sound(['one ', 'two'], 'whole'),
  )
  feed.from(12)
  await pass(t)
  assert.equal(source.text, 'one two')
  assert.equal(source.timestampOffset, 12)
  assert.deepEqual(places(), [12])
  assert.ok(buffer.hasEnded)
  assert.equal(state.broken, 0)
})

test('a sound that was cut off goes on where it stopped, as often as it takes', async (t) => {
  const { feed, source, buffer, places, state } = feeding(t, async (asking) =>
    sound([SECOND, SECOND], asking < 6 ? 'cut' : 'whole'),
  )
  feed.from(10)
  await pass(t)
  assert.deepEqual(places(), [10, 12, 14, 16, 18, 20])
  assert.equal(source.text.length, 12 * SECOND_BYTES)
  assert.ok(buffer.hasEnded)
  assert.equal(state.broken, 0)
})

const REFUSALS = [
  ['is refused', async () => new Response('busy', { status: 429 })],
  ['is empty', async () => sound([], 'whole')],
  ['cannot be asked for', () => Promise.reject(new TypeError('fetch failed'))],
] as const

for (const [what, answer] of REFUSALS)
  test(`a sound that ${what} three times at one place is given up once, and has no end`, async (t) => {
    const { feed, source, buffer, places, state } = feeding(t, answer)
    feed.from(5)
    await pass(t)
    assert.deepEqual(places(), [5, 5, 5])
    assert.equal(state.broken, 1)
    assert.equal(source.text, '')
    assert.ok(!buffer.hasEnded)
  })

test('a feed that is closed asks no more, takes no more and says nothing', async (t) => {
  const answer = Promise.withResolvers<Response>()
  const { feed, source, buffer, asked, state } = feeding(t, () => answer.promise)
  feed.from(5)
  await settled()
  feed.close()
  assert.ok(asked[0]?.signal.aborted)
  // It was on its way already.
  answer.resolve(sound([SECOND, SECOND], 'whole'))
  await pass(t)
  assert.equal(asked.length, 1)
  assert.equal(source.text, '')
  assert.equal(state.broken, 0)
  assert.ok(!buffer.hasEnded)
})

test('of two moments asked for at once the later asking counts alone', async (t) => {
  const first = Promise.withResolvers<Response>()
  const { feed, source, buffer, asked, places } = feeding(t, (asking) =>
    asking === 1 ? first.promise : Promise.resolve(sound(['second'], 'whole')),
  )
  feed.from(5)
  feed.from(40)
  first.resolve(sound(['first'], 'whole'))
  await pass(t)
  assert.deepEqual(places(), [5, 40])
  assert.deepEqual([asked[0]?.signal.aborted, asked[1]?.signal.aborted], [true, false])
  assert.equal(source.text, 'second')
  assert.equal(source.timestampOffset, 40)
  assert.ok(buffer.hasEnded)
})

test('no more is taken than there is room for, until there is more', async (t) => {
  const { feed, source, buffer, state } = feeding(t, async () => sound(['a', 'b', 'c'], 'whole'))
  state.mayGoOn = false
  feed.from(0)
  await pass(t)
  assert.equal(source.text, 'a')
  assert.ok(!buffer.hasEnded)
  state.mayGoOn = true
  await pass(t)
  assert.equal(source.text, 'abc')
  assert.ok(buffer.hasEnded)
})

test('a feed that is closed while there is no room reads nothing on', async (t) => {
  const { feed, source, state } = feeding(t, async () => sound(['a', 'b', 'c'], 'whole'))
  state.mayGoOn = false
  feed.from(0)
  await pass(t)
  feed.close()
  state.mayGoOn = true
  await pass(t)
  assert.equal(source.text, 'a')
  assert.equal(state.broken, 0)
})
