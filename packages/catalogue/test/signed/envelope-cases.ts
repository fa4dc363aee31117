import { makeEnvelope } from '@matinee/catalogue'
import { madeKey } from './made-key.ts'
import type { EnvelopeCase } from './small-fixtures.ts'

const RECORD = '{"id":"one","type":"matinee-record","version":1}'
const KEYS = [50, 51].map((number) => madeKey(number).publicKey.toHex())
const ONE = written(50)

const ABOUT =
  'Envelopes around a payload of the type matinee-record (feed-format 9). `payload` is the text that one which is opened holds, `makers` the public keys that signed; one with a `code` is refused with it. The secret of key n is the SHA-256 of `matinee fixture key n`.'

/** Envelopes, right and wrong. */
const CASES: readonly EnvelopeCase[] = [
  right('one maker', ONE, 1),
  right('two makers', written(50, 51), 2),
  wrong(
    'a payload of somebody else',
    '9.2',
    swapped(ONE, RECORD, RECORD.replace('one', 'two')),
    'maker-signature',
  ),
  wrong(
    'a key of somebody else',
    '9.2',
    ONE.replace(KEYS[0] ?? '', KEYS[1] ?? ''),
    'maker-signature',
  ),
  wrong('one right and one wrong signature', '9.2', forgedSecond(), 'maker-signature'),
  wrong('another type of payload', '9.1', ONE.replace('matinee-record', 'matinee-list'), 'type'),
  wrong('another version', '9.1', ONE.replace('"version":1}', '"version":2}'), 'version'),
  wrong('one signature twice', '9.1', written(50, 50), 'duplicate'),
  wrong('nobody who signed', '9.1', written(), 'missing-field'),
  wrong(
    'nine who signed',
    '9.1',
    written(...Array.from({ length: 9 }, (_, index) => index)),
    'too-many-items',
  ),
  wrong(
    'a payload that is no base64',
    '9.1',
    ONE.replace('"payload":"', '"payload":"*'),
    'envelope',
  ),
  wrong('base64 with spaces', '9.1', ONE.replace('"payload":"', '"payload":" '), 'envelope'),
  wrong(
    'a key in capitals',
    '9.1',
    ONE.replace(KEYS[0] ?? '', KEYS[0]?.toUpperCase() ?? ''),
    'hash',
  ),
  wrong('a short signature', '9.1', ONE.replace(/"signature":"../u, '"signature":"'), 'hash'),
  wrong('a record in the place of an envelope', '9.1', RECORD, 'type'),
  wrong('no end', '9.1', ONE.slice(0, -1), 'not-json'),
]

/** The cases as a file for readers in any language. */
export function writeEnvelopeFixture(): string {
  const lines = CASES.map((each) => `    ${JSON.stringify(each)}`).join(',\n')
  return `{\n  "about": ${JSON.stringify(ABOUT)},\n  "cases": [\n${lines}\n  ]\n}\n`
}

function right(name: string, text: string, makers: number): EnvelopeCase {
  const keys = KEYS.slice(0, makers)
  return { name, row: 'C1', step: '9.1', text, code: null, payload: RECORD, makers: keys }
}

function wrong(name: string, step: string, text: string, code: string): EnvelopeCase {
  return { name, row: 'C1', step, text, code, payload: '', makers: [] }
}

function written(...keys: readonly number[]): string {
  const payload = new TextEncoder().encode(RECORD)
  const envelope = makeEnvelope(payload, 'matinee-record', keys.map(madeKey))
  return new TextDecoder().decode(envelope)
}

function swapped(text: string, from: string, to: string): string {
  return text.replace(base64(from), base64(to))
}

function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64()
}

/** The second signature is the first one's. */
function forgedSecond(): string {
  const [first, second] = [...written(50, 51).matchAll(/"signature":"([0-9a-f]+)"/gu)]
  return written(50, 51).replace(second?.[1] ?? '', first?.[1] ?? '')
}
