import assert from 'node:assert/strict'
import type { Random } from '@matinee/base'
import { CastError } from '../src/cast-error.ts'
import { CastMessageReader, encodeCastMessage } from '../src/castv2/cast-message.ts'
import { parseMedia, parseReceiver } from '../src/castv2/channel-answers.ts'
import { faultyBytes } from './faulty-bytes.ts'
import type { Fuzzer } from './fuzzer.ts'

const RECEIVER =
  '{"requestId":1,"type":"RECEIVER_STATUS","status":{"applications":[{"appId":"CC1AD845","sessionId":"a","transportId":"b"}],"volume":{"level":0.5,"muted":false}}}'
const MEDIA =
  '{"requestId":2,"type":"MEDIA_STATUS","status":[{"mediaSessionId":1,"playerState":"PLAYING","currentTime":3,"media":{"duration":9}}]}'

/** What a Chromecast might say: a value within its bounds, or a `CastError`. */
export const messageFuzzer: Fuzzer = {
  name: 'cast-messages',
  run(random) {
    const payload = random.below(2) === 0 ? RECEIVER : MEDIA
    const good = encodeCastMessage({ source: 'a', destination: 'b', namespace: 'c', payload })
    const reader = new CastMessageReader()
    try {
      for (const message of reader.read(faultyBytes(random, good))) judge(message.payload ?? '{}')
      judge(faultyText(random, payload))
    } catch (error) {
      assert.ok(error instanceof CastError && error.code === 'nonsense', String(error))
    }
  },
}

function faultyText(random: Random, text: string): string {
  return new TextDecoder().decode(faultyBytes(random, new TextEncoder().encode(text)))
}

function judge(payload: string): void {
  const receiver = parseReceiver(payload)
  if (receiver?.kind === 'status') {
    const { level } = receiver.volume
    assert.ok(level === null || (level >= 0 && level <= 1))
  }
  const media = parseMedia(payload)
  if (media?.kind === 'status' && media.media !== null) {
    const { positionSeconds, durationSeconds } = media.media
    assert.ok(positionSeconds >= 0 && Number.isFinite(positionSeconds))
    assert.ok(durationSeconds === null || durationSeconds >= 0)
  }
}
