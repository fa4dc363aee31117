import { readFileSync } from 'node:fs'
import { cpuTimeOf } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { LIMITS, latin1, latin1Bytes, utf8Bytes } from '@matinee/base'
import { BencodeDictionary, type BencodeValue, isBencodeList } from './bencode-dictionary.ts'
import { BencodeError } from './bencode-error.ts'
import { decodeBencode, decodeBencodePrefix, encodeBencode } from './bencode.ts'

test('a dictionary tells its values, their types and where they stand', () => {
  const bytes = latin1Bytes('d4:infod6:lengthi-5ee4:listli1e1:xe4:name3:abce')
  const value = decodeBencode(bytes)
  assert.ok(value instanceof BencodeDictionary)
  assert.deepEqual(value.keys(), ['info', 'list', 'name'])
  assert.equal(value.dictionary('info')?.integer('length'), -5)
  assert.deepEqual(value.list('list'), [1, latin1Bytes('x')])
  assert.equal(value.text('name'), 'abc')
  assert.equal(value.integer('name'), undefined)
  const span = value.spanOf('info')
  assert.ok(span)
  assert.equal(latin1(bytes.subarray(span.start, span.end)), 'd6:lengthi-5ee')
  assert.equal(value.countOf('list'), 2)
  assert.deepEqual(encodeBencode(value), bytes)
})

test('a value at the front of a message is read up to its end', () => {
  const { value, end } = decodeBencodePrefix(latin1Bytes('d1:ai1eeDATA'))
  assert.ok(value instanceof BencodeDictionary)
  assert.equal(end, 8)
})

test('encoding sorts keys by their bytes', () => {
  const value = BencodeDictionary.from({ b: 1, a: utf8Bytes('é'), ab: [] })
  assert.equal(latin1(encodeBencode(value)), 'd1:a2:\u00c3\u00a92:able1:bi1ee')
})

const { vectors } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/bencode/vectors.json', import.meta.url), 'utf8'),
) as {
  readonly vectors: readonly {
    readonly name: string
    readonly text: string
    readonly code?: string
    readonly loose?: string | null
  }[]
}

for (const { name, text, code, loose = code } of vectors)
  test(`P10: ${name} is ${code === undefined ? 'read and written back' : `refused as ${code}`}`, () => {
    const bytes = latin1Bytes(text)
    const keepsOrder = (): BencodeValue => decodeBencode(bytes)
    const anyOrder = (): BencodeValue => decodeBencode(bytes, { canonical: false })
    if (code === undefined) assert.deepEqual(encodeBencode(keepsOrder()), bytes)
    else assert.throws(keepsOrder, hasCode(code))
    if (typeof loose === 'string') assert.throws(anyOrder, hasCode(loose))
    else anyOrder()
  })

test('P10: lists and dictionaries nested 200 000 deep are refused at the cap', () => {
  for (const text of ['l'.repeat(200_000), 'd1:a'.repeat(200_000)])
    assert.throws(() => decodeBencode(latin1Bytes(text)), hasCode('too-deep'))
  const deepest = 'l'.repeat(LIMITS.bencodeDepth) + 'e'.repeat(LIMITS.bencodeDepth)
  decodeBencode(latin1Bytes(deepest))
})

test('P10: more values than the cap are refused', () => {
  const text = `l${'i0e'.repeat(10)}e`
  decodeBencode(latin1Bytes(text), { maxTokens: 11 })
  assert.throws(
    () => decodeBencode(latin1Bytes(text), { maxTokens: 10 }),
    hasCode('too-many-tokens'),
  )
})

test('P10: more bytes than the cap are refused unread', () => {
  const bytes = latin1Bytes('xxxx')
  assert.throws(() => decodeBencode(bytes, { maxBytes: 3 }), hasCode('too-large'))
})

test('P10: hostile messages are judged in 5 ms per 100 KB, and values nobody asks for cost nothing', () => {
  const keys = Array.from({ length: 12_000 }, (_, i) => `5:${String(i).padStart(5, '0')}i0e`)
  const bombs = [
    `l${'0:'.repeat(50_000)}`,
    `d${keys.join('')}`,
    `d${keys.toReversed().join('')}`,
    'd1:al'.repeat(49) + 'e'.repeat(98) + 'x',
    `${'9'.repeat(100_000)}`,
    `i${'9'.repeat(100_000)}`,
    `100000:${'a'.repeat(99_000)}`,
  ]
  for (const text of bombs) {
    const bytes = latin1Bytes(text)
    const times = Array.from({ length: 5 }, () =>
      cpuTimeOf(() =>
        assert.throws(() => decodeBencode(bytes, { canonical: false }), BencodeError),
      ),
    )
    // The best of five, with five-fold room: what must not pass is anything that grows faster.
    assert.ok(
      Math.min(...times) < 5 * ((5 * bytes.length) / 100_000 + 5),
      `${text.slice(0, 20)} ${times.join()}`,
    )
  }
})

test('whatever is encoded decodes to the same', () => {
  const { value } = fc.letrec<{ value: BencodeValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.maxSafeInteger(),
      fc.uint8Array({ maxLength: 20 }),
      fc.array(tie('value'), { maxLength: 5 }),
      fc
        .dictionary(fc.uint8Array({ maxLength: 5 }).map(latin1), tie('value'), { maxKeys: 5 })
        .map((record) => BencodeDictionary.from(record)),
    ),
  }))
  fc.assert(
    fc.property(value, (any) => {
      const bytes = encodeBencode(any)
      const again = decodeBencode(bytes)
      assert.deepEqual(plain(again), plain(any))
      assert.deepEqual(encodeBencode(again), bytes)
    }),
  )
})

test('bytes in any state either decode and encode back, or are refused with a name', () => {
  const soup = fc
    .array(fc.constantFrom('d', 'l', 'e', 'i', '0', '1', '-', ':', '2:ab', '0:', 'i1e', '1:a'))
    .map((parts) => latin1Bytes(parts.join('')))
  fc.assert(
    fc.property(fc.oneof(soup, fc.uint8Array({ maxLength: 40 })), (bytes) => {
      let value: BencodeValue
      try {
        value = decodeBencode(bytes)
      } catch (error) {
        assert.ok(error instanceof BencodeError)
        return
      }
      assert.deepEqual(encodeBencode(value), bytes)
    }),
    { numRuns: 1000 },
  )
})

/** A value that compares by content; a dictionary keeps its own to itself. */
function plain(value: BencodeValue): unknown {
  if (value instanceof BencodeDictionary)
    return [...value.entries()].map(([key, entry]) => [key, plain(entry)])
  return isBencodeList(value) ? value.map(plain) : value
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof BencodeError)
    assert.equal(error.code, code)
    return true
  }
}
