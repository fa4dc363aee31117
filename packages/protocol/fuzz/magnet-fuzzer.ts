import assert from 'node:assert/strict'
import { LIMITS, latin1, latin1Bytes } from '@matinee/base'
import { MagnetError, formatMagnet, parseMagnet } from '@matinee/protocol'
import { mutateBytes, pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'

const V1 = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a'
const PARAMETERS = [
  `xt=urn:btih:${V1}`,
  `xt.1=urn:btmh:1220${V1}${V1.slice(16)}`,
  'xt=urn:btih:',
  'xt=urn:btmh:12',
  'dn=a%20film',
  'dn=%E2%80%AE%00',
  'dn=%',
  'tr=http%3A%2F%2Ft.example%2F',
  'tr=udp://t:1',
  'tr=',
  'ws=https://s.example',
  'x.pe=1.2.3.4:5',
  'x.pe=[::1]:70000',
  'x.pe=[fe80::1%25eth0]:1',
  'xs=x',
  'so=0,2-4',
  'so=9-1,-,99999999999',
  'so=',
  '%',
  '=',
  '&',
  '+',
  '#',
  '\n',
  'xt=',
]

/** Links with faults: a MagnetError, or a link that writes and reads back the same. */
export const magnetFuzzer: Fuzzer = {
  name: 'magnet',
  run(random) {
    const parts = [`xt=urn:btih:${V1}`]
    for (let count = random.below(8); count > 0; count--) parts.push(pick(random, PARAMETERS))
    let text = `magnet:?${parts.join('&')}`
    if (random.below(2) === 0) text = latin1(mutateBytes(random, latin1Bytes(text), PARAMETERS))
    try {
      const magnet = parseMagnet(text)
      assert.ok(magnet.infoHashes.v1 !== null || magnet.infoHashes.v2 !== null)
      const written = formatMagnet(magnet)
      assert.ok(written.length <= LIMITS.magnetBytes)
      assert.deepEqual(parseMagnet(written), magnet)
    } catch (error) {
      if (!(error instanceof MagnetError)) throw error
    }
  },
}
