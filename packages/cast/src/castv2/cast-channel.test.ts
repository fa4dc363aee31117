import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ByteStream, StreamEvents } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { CAST_LIMITS } from '../cast-limits.ts'
import { CastChannel } from './cast-channel.ts'
import { NAMESPACES } from './channel-answers.ts'
import { CastMessageReader, encodeCastMessage, type CastMessage } from './cast-message.ts'

const AWAY = { name: 'CastError', code: 'away' }

/** A conversation whose other side the test plays. */
function openTalk({ takesNothing = false } = {}) {
  const clock = new FakeClock()
  const reader = new CastMessageReader()
  const heard: CastMessage[] = []
  let events: StreamEvents | null = null
  let isOpen = true
  let unsentBytes = 0
  const stream: ByteStream = {
    remote: { host: '192.168.1.20', port: 8009 },
    local: { host: '192.168.1.2', port: 40_000 },
    get bufferedBytes() {
      return unsentBytes
    },
    start: (told) => void (events = told),
    write(chunks) {
      for (const chunk of chunks) {
        heard.push(...reader.read(chunk))
        if (takesNothing) unsentBytes += chunk.length
      }
      return true
    },
    pause: () => undefined,
    resume: () => undefined,
    close: () => void (isOpen = false),
    destroy: () => void (isOpen = false),
  }
  const told: unknown[] = []
  const channel = new CastChannel(stream, clock, {
    onReceiver: (answer) => told.push(answer),
    onMedia: (answer) => told.push(answer),
  })
  const sayRaw = (bytes: Uint8Array): void => events?.onBytes(bytes)
  const say = (namespace: string, payload: string, source = 'receiver-0'): void =>
    sayRaw(encodeCastMessage({ source, destination: 'sender-0', namespace, payload }))
  return {
    channel,
    clock,
    heard,
    told,
    say,
    sayRaw,
    isOpen: () => isOpen,
    unsent: () => unsentBytes,
  }
}

test('L3: a screen that says nothing is gone after a while, and whoever waits hears so', async () => {
  const talk = openTalk()
  const asked = talk.channel.receiver('GET_STATUS')
  const rejected = assert.rejects(asked, AWAY)
  await talk.clock.advance(CAST_LIMITS.answerMs)
  await rejected
  await talk.clock.advance(CAST_LIMITS.silenceMs)
  assert.equal(talk.isOpen(), false)
  await assert.rejects(talk.channel.receiver('GET_STATUS'), AWAY)
})

test('a screen that answers pings is kept, and its pings are answered', async () => {
  const talk = openTalk()
  for (let at = 0; at < 10; at++) {
    await talk.clock.advance(CAST_LIMITS.pingEveryMs)
    talk.say(NAMESPACES.heartbeat, '{"type":"PONG"}')
  }
  assert.equal(talk.isOpen(), true)
  talk.say(NAMESPACES.heartbeat, '{"type":"PING"}')
  assert.equal(talk.heard.at(-1)?.payload, '{"type":"PONG"}')
})

test('L3: a screen that pings without end and takes no answer is gone before the memory is full', () => {
  const talk = openTalk({ takesNothing: true })
  for (let count = 0; count < 20_000; count++) talk.say(NAMESPACES.heartbeat, '{"type":"PING"}')
  assert.equal(talk.isOpen(), false)
  assert.ok(talk.unsent() < 2 * CAST_LIMITS.unsentBytes)
})

test('L3: what is no message, or no JSON, ends the conversation and nothing else', async () => {
  for (const bytes of [
    Uint8Array.of(0xff, 0xff, 0xff, 0xff),
    Uint8Array.of(0, 0, 0, 1, 0x13),
    encodeCastMessage({
      source: 'receiver-0',
      destination: '*',
      namespace: NAMESPACES.receiver,
      payload: '{',
    }),
    encodeCastMessage({
      source: 'receiver-0',
      destination: '*',
      namespace: NAMESPACES.heartbeat,
      payload: '[]',
    }),
  ]) {
    const talk = openTalk()
    const asked = assert.rejects(talk.channel.receiver('GET_STATUS'), { code: 'nonsense' })
    talk.sayRaw(bytes)
    await asked
    assert.equal(talk.isOpen(), false)
  }
})

test('L3: an answer counts from whom and where it was asked, and only once', async () => {
  const talk = openTalk()
  const asked = talk.channel.receiver('GET_STATUS')
  const answer = (level: number): string =>
    `{"requestId":1,"type":"RECEIVER_STATUS","status":{"volume":{"level":${level}}}}`
  talk.say(NAMESPACES.media, '{"requestId":1,"type":"MEDIA_STATUS","status":[]}')
  talk.say(NAMESPACES.receiver, answer(0.1), 'web-1')
  talk.say('urn:x-cast:evil', answer(0.2))
  talk.say(NAMESPACES.receiver, answer(0.3))
  talk.say(NAMESPACES.receiver, answer(0.4))
  assert.equal((await asked).volume.level, 0.3)
})

test('L3: numbers that nobody could show, and types that are others, are not taken', async () => {
  const talk = openTalk()
  talk.channel.attach('web-1')
  const asked = talk.channel.media('GET_STATUS')
  const status =
    '{"mediaSessionId":1,"playerState":"PLAYING","currentTime":-1e300,"media":{"duration":"long"}}'
  talk.say(NAMESPACES.media, `{"requestId":1,"type":"MEDIA_STATUS","status":[${status}]}`, 'web-1')
  const { media } = await asked
  assert.deepEqual(media, {
    mediaSessionId: 1,
    state: 'PLAYING',
    idleReason: null,
    positionSeconds: 0,
    durationSeconds: null,
  })
  talk.say(
    NAMESPACES.receiver,
    '{"type":"RECEIVER_STATUS","status":{"__proto__":{"volume":{"level":1}},"applications":{}}}',
  )
  assert.deepEqual(talk.told.at(-1), {
    requestId: 0,
    kind: 'status',
    app: null,
    volume: { level: null, isMuted: false },
  })
})
