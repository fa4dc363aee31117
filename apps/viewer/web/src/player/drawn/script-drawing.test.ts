import { test } from 'node:test'
import assert from 'node:assert/strict'
import { TurnedClock } from '../../../test/turned-clock.ts'
import type { DrawNews, DrawOrder } from './draw-message.ts'
import { drawnSize } from './drawn-size.ts'
import {
  LONGEST_PICTURE_MS,
  LONGEST_START_MS,
  ScriptDrawing,
  type DrawingState,
} from './script-drawing.ts'

const READY: DrawNews = { kind: 'ready' }
const AS_IT_WAS: DrawNews = { kind: 'drawn', picture: null }
const SIZE = { width: 640, height: 360 }

/** A drawing whose worker answers when it's told to. */
function stage() {
  const clock = new TurnedClock()
  const orders: DrawOrder[] = []
  const states: DrawingState[] = []
  const worker: { isEnded: boolean; tell: (news: DrawNews) => void } = {
    isEnded: false,
    tell: () => undefined,
  }
  const drawing = new ScriptDrawing({
    clock,
    openWorker(onNews) {
      worker.tell = onNews
      return {
        postMessage: (order) => void orders.push(order),
        terminate: () => void (worker.isEnded = true),
      }
    },
    onPicture: () => undefined,
    onState: (state) => void states.push(state),
  })
  return { clock, orders, states, worker, drawing }
}

test('the worker is asked for one picture at a time, and then for the last moment that was wanted', () => {
  const { orders, states, worker, drawing } = stage()
  drawing.setScript('script')
  drawing.drawAt(0.9)
  worker.tell(READY)
  assert.deepEqual(orders, [], 'it is not known how large')
  drawing.setSize(SIZE)
  drawing.drawAt(1)
  for (const seconds of [1.1, 1.2, 1.3]) drawing.drawAt(seconds)
  assert.deepEqual(orders, [{ seconds: 1, script: 'script', size: SIZE }])
  assert.deepEqual(states, [])
  worker.tell(AS_IT_WAS)
  assert.deepEqual(states, ['drawing'])
  worker.tell(AS_IT_WAS)
  assert.deepEqual(orders.slice(1), [{ seconds: 1.3, script: null, size: null }])
  drawing.setScript('script, and more')
  drawing.drawAt(1.4)
  assert.deepEqual(orders.slice(2), [{ seconds: 1.4, script: 'script, and more', size: null }])
})

test('S3: a picture that takes too long ends the worker, and nothing is asked of it any more', async () => {
  const { clock, orders, states, worker, drawing } = stage()
  drawing.setSize(SIZE)
  drawing.drawAt(1)
  await clock.pass(LONGEST_START_MS - 1)
  worker.tell(READY)
  worker.tell(AS_IT_WAS)
  await clock.pass(LONGEST_START_MS)
  drawing.drawAt(2)
  await clock.pass(LONGEST_PICTURE_MS - 1)
  assert.deepEqual([states, worker.isEnded], [['drawing'], false])
  await clock.pass(1)
  assert.deepEqual([states, worker.isEnded], [['drawing', 'slow'], true])
  drawing.drawAt(3)
  worker.tell(AS_IT_WAS)
  assert.equal(orders.length, 2)
  assert.deepEqual(states, ['drawing', 'slow'])
})

test('S3: a worker that never begins is ended', async () => {
  const { clock, states, worker } = stage()
  await clock.pass(LONGEST_START_MS)
  assert.deepEqual([states, worker.isEnded], [['slow'], true])
})

test('a worker that can’t draw is ended, and says so', () => {
  const { states, worker, drawing } = stage()
  drawing.drawAt(1)
  worker.tell({ kind: 'failed' })
  assert.deepEqual([states, worker.isEnded], [['broken'], true])
})

test('a drawing that was closed ends its worker, and its clock is still', async () => {
  const { clock, states, worker, drawing } = stage()
  drawing.drawAt(1)
  drawing.close()
  assert.equal(worker.isEnded, true)
  await clock.pass(2 * LONGEST_START_MS)
  worker.tell(AS_IT_WAS)
  assert.deepEqual(states, [])
})

test('it is drawn as large as the film shows, in its proportions, and never finer than HD', () => {
  const wide = { videoWidth: 1920, videoHeight: 800 }
  const box = (clientWidth: number, clientHeight: number) => ({
    ...wide,
    clientWidth,
    clientHeight,
  })
  assert.deepEqual(drawnSize(box(960, 540), 1), { width: 960, height: 400 })
  assert.deepEqual(drawnSize(box(390, 844), 2), { width: 780, height: 325 })
  assert.deepEqual(drawnSize(box(3840, 2160), 2), { width: 1920, height: 800 })
  assert.equal(drawnSize({ ...box(960, 540), videoHeight: 0 }, 1), null)
  assert.equal(drawnSize(box(0, 540), 1), null)
})
