import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { SILENT_LOG, utf8Bytes } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import type { EgressNetwork } from '@matinee/net'
import * as z from 'zod/mini'
import { findOther, talkTo } from '../src/links/link-dialer.ts'
import { deriveLinkKeys, markedNonce } from '../src/links/link-keys.ts'
import { LinkListener } from '../src/links/link-listener.ts'
import { HOME_PLACES, type LinkPlaces } from '../src/links/link-places.ts'
import { MessageStream } from '../src/links/message-stream.ts'
import { entryMarked, type RingEntry } from '../src/links/ring.ts'
import { CODE_LASTS_MS, CodeBoard } from '../src/links/shown-code.ts'
import { QUESTION_BYTES, decodeHere, encodeHere } from '../src/links/where-message.ts'
import { decodeShelfEntries } from '../src/shelf/shelf-entries.ts'
import { SHELF_BYTES, encodeShelfJson } from '../src/shelf/shelf-json.ts'
import { freePorts, loopbackNetwork, placesAt } from './linked-viewers.ts'

const clock = systemClock()
const KEYS = deriveLinkKeys(new Uint8Array(32).fill(1))
const STRANGER = deriveLinkKeys(new Uint8Array(32).fill(2))
const OURS: RingEntry = { keys: KEYS, side: 'shown', purpose: { kind: 'link', id: 'a' } }
const THEIRS = { keys: KEYS, side: 'typed' } as const

/** A listener for one link, and who came to it. */
async function openListener(network: EgressNetwork, changes: Partial<LinkPlaces> = {}) {
  const [hear, ask] = await freePorts()
  const came: string[] = []
  const places = { ...placesAt(hear, ask), ...changes }
  const listener = await LinkListener.open({
    network,
    clock,
    log: SILENT_LOG,
    places,
    hosts: ['127.0.0.1'],
    ring: () => [OURS],
    onOther: async (entry) => void came.push(entry.purpose.kind),
  })
  return {
    came,
    hear,
    at: { host: '127.0.0.1', port: listener.port },
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
}

/** Says something and waits for the end: what was answered. */
async function say(port: number, bytes: Uint8Array | string): Promise<Buffer> {
  const socket: Socket = connect({ host: '127.0.0.1', port })
  const heard: Buffer[] = []
  socket.on('data', (chunk: Buffer) => heard.push(chunk))
  socket.on('error', () => undefined)
  socket.write(bytes)
  socket.setTimeout(4000, () => socket.destroy())
  await once(socket, 'close')
  return Buffer.concat(heard)
}

const dialing = (network: EgressNetwork, ask: number) => ({
  network: async () => network,
  clock,
  places: placesAt(0, ask),
})

test('L11: whoever doesn’t begin with the mark of a link gets not a byte', async () => {
  await using network = loopbackNetwork()
  await using listener = await openListener(network)
  const { port } = listener.at
  for (const word of [
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    Buffer.alloc(5000, 0x16),
    markedNonce(STRANGER, 'dial', 'typed'),
    // What this computer says itself, thrown back, and what was said for something else.
    markedNonce(KEYS, 'dial', 'shown'),
    markedNonce(KEYS, 'where', 'typed'),
  ])
    assert.equal((await say(port, word)).length, 0)
  assert.deepEqual(listener.came, [])
})

test('L11: a mark that was overheard lets nobody in who hasn’t the key', async () => {
  await using network = loopbackNetwork()
  await using listener = await openListener(network)
  const overheard = markedNonce(KEYS, 'dial', 'typed')
  await say(listener.at.port, Buffer.concat([overheard, Buffer.alloc(600, 0x16)]))
  // It knows the marks, and has another key.
  const halfKnown = { keys: { ...STRANGER, marks: KEYS.marks }, side: 'typed' } as const
  await assert.rejects(
    talkTo(dialing(network, 0), halfKnown, listener.at, async () => undefined),
    { code: 'not-let-in' },
  )
  assert.deepEqual(listener.came, [])
  await talkTo(dialing(network, 0), THEIRS, listener.at, async () => undefined)
  assert.deepEqual(listener.came, ['link'])
})

test('L11: who may not be a computer of the home is closed unheard', async () => {
  await using network = loopbackNetwork()
  await using listener = await openListener(network, { mayBeOther: () => false })
  await assert.rejects(talkTo(dialing(network, 0), THEIRS, listener.at, async () => undefined))
  assert.deepEqual(listener.came, [])
  assert.equal(await findOther(dialing(network, listener.hear), THEIRS), null)
})

test('L11: one address comes a dozen times at once, and no more', async () => {
  await using network = loopbackNetwork()
  await using listener = await openListener(network)
  for (let times = 0; times < 12; times++)
    await say(listener.at.port, markedNonce(STRANGER, 'dial', 'typed'))
  await assert.rejects(talkTo(dialing(network, 0), THEIRS, listener.at, async () => undefined))
  assert.deepEqual(listener.came, [])
})

test('L11: a question with the mark is answered, shorter than it was; a stranger’s isn’t', async () => {
  await using network = loopbackNetwork()
  await using listener = await openListener(network)
  assert.deepEqual(await findOther(dialing(network, listener.hear), THEIRS), listener.at)
  const socket = createSocket('udp4')
  const answers: Buffer[] = []
  socket.on('message', (answer) => answers.push(answer))
  for (const question of [
    markedNonce(STRANGER, 'where', 'typed'),
    markedNonce(KEYS, 'where', 'shown'),
    markedNonce(KEYS, 'dial', 'typed'),
    Buffer.alloc(QUESTION_BYTES),
    Buffer.alloc(0),
  ])
    socket.send(question, listener.hear, '127.0.0.1')
  socket.send(markedNonce(KEYS, 'where', 'typed'), listener.hear, '127.0.0.1')
  await once(socket, 'message')
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.close()
  assert.equal(answers.length, 1)
  assert.ok((answers[0]?.length ?? 0) < QUESTION_BYTES)
})

test('the home network’s own group is asked, and a linked computer that joined it answers', async (t) => {
  const [host] = HOME_PLACES.hosts()
  if (host === undefined) return t.skip('this computer is in no home network')
  await using network = loopbackNetwork()
  const probe = createSocket({ type: 'udp4', reuseAddr: true })
  t.after(() => void probe.close())
  probe.bind(HOME_PLACES.hear.port)
  await once(probe, 'listening')
  try {
    probe.addMembership(HOME_PLACES.ask.host, host)
  } catch {
    return t.skip('this computer is in no network with multicast')
  }
  const places = { ...HOME_PLACES, ports: [0], hosts: () => [host] }
  await using listener = await LinkListener.open({
    network,
    clock,
    log: SILENT_LOG,
    places,
    hosts: [host],
    ring: () => [OURS],
    onOther: async () => undefined,
  })
  const parts = { network: async () => network, clock, places }
  assert.deepEqual(await findOther(parts, THEIRS), { host, port: listener.port })
  return undefined
})

test('L11: an answer holds for its own question, for its port, and from the other side', () => {
  const question = markedNonce(KEYS, 'where', 'typed')
  const answer = encodeHere(OURS, question, 8582)
  const read = (bytes: Uint8Array, asked = question): number | null =>
    decodeHere(THEIRS, asked, bytes, '192.168.1.20')?.port ?? null
  assert.equal(read(answer), 8582)
  assert.equal(read(answer, markedNonce(KEYS, 'where', 'typed')), null)
  assert.equal(read(Uint8Array.from(answer, (byte, at) => (at === 1 ? byte ^ 1 : byte))), null)
  assert.equal(read(encodeHere(THEIRS, question, 8582)), null)
  assert.equal(read(answer.subarray(1)), null)
})

test('L11: a mark is another one each time', () => {
  const marks = Array.from({ length: 20 }, () =>
    Buffer.from(markedNonce(KEYS, 'dial', 'typed')).toString('hex'),
  )
  assert.equal(new Set(marks).size, 20)
  for (const mark of marks)
    assert.equal(entryMarked([OURS], Buffer.from(mark, 'hex'), 'dial'), OURS)
})

test('L11: a message that says to be huge is refused before it’s waited for', async () => {
  const connection = new PassThrough()
  const messages = new MessageStream(connection)
  connection.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7b]))
  await assert.rejects(messages.read(z.unknown(), 1000), { code: 'too-large' })
})

test('L11: a message that is cut off, or none, ends the talk', async () => {
  const cut = new PassThrough()
  const reading = new MessageStream(cut).read(z.unknown(), 1000)
  cut.end(Buffer.from([0, 0, 0, 9, 0x7b]))
  await assert.rejects(reading, { code: 'broken' })
  const garbled = new PassThrough()
  garbled.write(Buffer.from([0, 0, 0, 2, 0x7b, 0x7b]))
  await assert.rejects(new MessageStream(garbled).read(z.unknown(), 1000), {
    code: 'other-version',
  })
})

test('messages come whole, however they were cut', async () => {
  const connection = new PassThrough({ highWaterMark: 3 })
  const messages = new MessageStream(connection)
  messages.send({ one: 1 })
  messages.send({ two: 2 })
  assert.deepEqual(await messages.read(z.unknown(), 1000), { one: 1 })
  assert.deepEqual(await messages.read(z.unknown(), 1000), { two: 2 })
})

test('L11: what isn’t the entries of a shelf is none of it, whoever sends it', () => {
  const entry = { kind: 'favourite', key: ['a'], atMs: 1, value: { addedAtMs: 1 } }
  const said = (entries: readonly unknown[]): Uint8Array =>
    encodeShelfJson({ type: 'matinee-shelf-entries', version: 1, entries })
  assert.equal(decodeShelfEntries(said([entry]))?.length, 1)
  for (const bad of [
    new Uint8Array(),
    utf8Bytes('null'),
    said([{ ...entry, kind: 'other' }]),
    said([{ ...entry, key: ['a', 'b', 'c'] }]),
    said([{ ...entry, key: ['x'.repeat(601)] }]),
    said([{ ...entry, atMs: -1 }]),
    said([{ kind: 'progress', key: ['a', ''], atMs: 1, value: null }]),
  ])
    assert.equal(decodeShelfEntries(bad), null)
  // JSON may end in blanks: this one is refused for its length alone.
  const long = Buffer.concat([said([entry]), Buffer.alloc(SHELF_BYTES, ' ')])
  assert.equal(decodeShelfEntries(long), null)
})

test('L11: a code is good for ten minutes, and for one computer', () => {
  let nowMs = 0
  const board = new CodeBoard(() => nowMs)
  board.show('first')
  const code = board.current?.code ?? ''
  assert.equal(board.takeDown('another'), false)
  nowMs = CODE_LASTS_MS - 1
  assert.equal(board.current?.code, code)
  assert.equal(board.takeDown(code), true)
  assert.equal(board.takeDown(code), false)
  board.show('first')
  nowMs += CODE_LASTS_MS
  assert.equal(board.current, null)
  assert.ok(board.isStale)
})
