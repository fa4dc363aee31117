import assert from 'node:assert/strict'
import { mdnsAnswer, ssdpAnswer } from '@matinee/testkit/devices'
import { parseMdnsAnswer } from '../src/discovery/mdns.ts'
import { parseSsdpAnswer } from '../src/discovery/ssdp.ts'
import { parseRendererDescription } from '../src/dlna/renderer-description.ts'
import { faultyBytes } from './faulty-bytes.ts'
import type { Fuzzer } from './fuzzer.ts'

const MDNS = new Uint8Array(mdnsAnswer('Living room', 8009))
const SSDP = new Uint8Array(ssdpAnswer('http://192.168.1.20:49152/d.xml'))
const AT = new URL('http://192.168.1.20:49152/d.xml')
const DESCRIPTION = new TextEncoder().encode(
  '<?xml version="1.0"?><root xmlns="urn:x"><!-- x --><device><friendlyName>T&amp;V</friendlyName><serviceList><service><serviceType>urn:schemas-upnp-org:service:AVTransport:1</serviceType><controlURL>/c</controlURL></service></serviceList></device></root>',
)

/** What answers a search: nothing, or a screen that is at the address that answered. */
export const answerFuzzer: Fuzzer = {
  name: 'screen-answers',
  run(random) {
    const chromecast = parseMdnsAnswer(faultyBytes(random, MDNS))
    assert.ok(chromecast === null || (chromecast.port > 0 && chromecast.port <= 0xffff))
    const location = parseSsdpAnswer(faultyBytes(random, SSDP), '192.168.1.20')
    assert.ok(location === null || location.hostname === '192.168.1.20')
    const text = new TextDecoder().decode(faultyBytes(random, DESCRIPTION))
    const described = parseRendererDescription(text, AT)
    assert.ok(described === null || described.services.transportPath.startsWith('/'))
  },
}
