import { test } from 'node:test'
import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { DrawnFrames } from './drawn-frames.ts'
import { FrameDesk, PATIENCE_MS } from './frame-desk.ts'
import type { FrameNews } from './frame-message.ts'

class Picture {
  isClosed = false
  readonly seconds: number
  constructor(seconds: number) {
    this.seconds = seconds
  }
  close(): void {
    assert.ok(!this.isClosed, 'closed once')
    this.isClosed = true
  }
}

/** A desk whose maker answers when the test says so. */
function openDesk() {
  const asked: { readonly seconds: number; readonly answer: (news: FrameNews<Picture>) => void }[] =
    []
  const timers = new Set<() => void>()
  let isClosed = false
  const desk = new FrameDesk<Picture>(
    {
      ask: (seconds) =>
        new Promise((resolve) => {
          asked.push({ seconds, answer: resolve })
        }),
      close: () => {
        isClosed = true
      },
    },
    {
      nowMs: () => 0,
      after(delayMs, run) {
        assert.equal(delayMs, PATIENCE_MS)
        timers.add(run)
        return () => void timers.delete(run)
      },
    },
  )
  return {
    desk,
    asked: () => asked.map(({ seconds }) => seconds),
    answer: async (news: FrameNews<Picture>) => {
      asked.at(-1)?.answer(news)
      await turn()
    },
    timers,
    isClosed: () => isClosed,
  }
}

function pictureOf(seconds: number): Extract<FrameNews<Picture>, { kind: 'picture' }> {
  return { kind: 'picture', picture: new Picture(seconds) }
}

test('A24: of a storm of wishes one picture is made at a time, and the newest wish is the last', async () => {
  const { desk, asked, answer } = openDesk()
  for (let seconds = 1; seconds <= 1000; seconds++) desk.wish(seconds)
  assert.deepEqual(asked(), [1])
  await answer(pictureOf(1))
  assert.deepEqual(asked(), [1, 1000])
  await answer(pictureOf(1000))
  assert.deepEqual(asked(), [1, 1000])
  assert.equal(desk.state?.seconds, 1000)
})

test('A24: every picture is closed when another is shown, or none', async () => {
  const { desk, answer } = openDesk()
  const [first, second, late] = [pictureOf(1), pictureOf(2), pictureOf(3)]
  desk.wish(1)
  await answer(first)
  assert.ok(!first.picture.isClosed)
  desk.wish(2)
  await answer(second)
  assert.ok(first.picture.isClosed && !second.picture.isClosed)
  desk.wish(3)
  desk.wish(null)
  assert.ok(second.picture.isClosed)
  await answer(late)
  assert.ok(late.picture.isClosed, 'nobody points at anything any more')
  assert.equal(desk.state, null)
})

test('what is not here takes the picture away, and is asked for again when it is pointed at again', async () => {
  const { desk, asked, answer } = openDesk()
  desk.wish(1)
  await answer(pictureOf(1))
  desk.wish(2)
  await answer({ kind: 'none' })
  assert.equal(desk.state, null)
  desk.wish(1)
  assert.deepEqual(asked(), [1, 2, 1])
})

test('A24: a maker that hangs in a strange film is ended, and not asked again', async () => {
  const { desk, asked, answer, timers, isClosed } = openDesk()
  desk.wish(1)
  for (const run of timers) run()
  assert.ok(isClosed())
  desk.wish(2)
  assert.deepEqual(asked(), [1])
  const late = pictureOf(1)
  await answer(late)
  assert.ok(late.picture.isClosed)
})

test('a maker that has nothing to give, or whose film is closed, is ended', async () => {
  const never = openDesk()
  never.desk.wish(1)
  await never.answer({ kind: 'never' })
  assert.ok(never.isClosed())
  assert.equal(never.timers.size, 0)
  const closed = openDesk()
  closed.desk.wish(1)
  closed.desk.close()
  assert.ok(closed.isClosed())
  assert.equal(closed.timers.size, 0)
})

test('pictures that were drawn are kept, the ones used last', async () => {
  const frames = new DrawnFrames<string>(2)
  const drawn: number[] = []
  const of = (seconds: number): Promise<string> =>
    frames.of(seconds, async () => {
      drawn.push(seconds)
      return String(seconds)
    })
  for (const seconds of [1, 2, 1, 3, 1, 2]) assert.equal(await of(seconds), String(seconds))
  assert.deepEqual(drawn, [1, 2, 3, 2])
})
