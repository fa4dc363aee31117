import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CatalogueError } from '../catalogue-error.ts'
import { parseStrictJson } from './strict-json.ts'

const LIMITS = { bytes: 100_000, depth: 8, values: 1000 }
const encoder = new TextEncoder()

function parse(text: string): unknown {
  return parseStrictJson(encoder.encode(text), LIMITS)
}

function codeOf(text: string): string {
  try {
    parse(text)
    return 'read'
  } catch (error) {
    assert.ok(error instanceof CatalogueError, String(error))
    return error.code
  }
}

test('JSON within its limits is read as JSON.parse reads it', () => {
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._:-]{0,9}$/u)
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.string().map((text) => text.toWellFormed()),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, '\t', '\r\n'), (json, space) => {
      const text = JSON.stringify(json, null, space)
      assert.deepEqual(parse(text), JSON.parse(text))
    }),
    { numRuns: 500 },
  )
})

test('what is read at all is what JSON.parse makes of it, and what it refuses is refused', () => {
  const piece = fc.constantFrom(
    ...'{ } [ ] , : " \\ "a" "b": "a":1 1 -1 1e5 0.5 true null \\u0061 \\" \\ud800 x'.split(' '),
    ' ',
    '\n',
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, (candidate) => {
      let expected: unknown
      try {
        expected = JSON.parse(candidate)
      } catch {
        // Not JSON: any refusal will do, also one that comes before grammar is judged.
        assert.notEqual(codeOf(candidate), 'read', candidate)
        return
      }
      const code = codeOf(candidate)
      if (code === 'read') assert.deepEqual(parse(candidate), expected)
      else
        assert.ok(['duplicate-key', 'not-unicode', 'key'].includes(code), `${code}: ${candidate}`)
    }),
    { numRuns: 3000 },
  )
})

test('limits are exact', () => {
  assert.equal(codeOf('['.repeat(8) + ']'.repeat(8)), 'read')
  assert.equal(codeOf('['.repeat(9) + ']'.repeat(9)), 'too-deep')
  assert.equal(codeOf(`[${'0,'.repeat(998)}0]`), 'read')
  assert.equal(codeOf(`[${'0,'.repeat(999)}0]`), 'too-many-values')
  assert.equal(codeOf(`"${'a'.repeat(99_998)}"`), 'read')
  assert.equal(codeOf(`"${'a'.repeat(99_999)}"`), 'too-large')
})

test('a text of quotes and backslashes is scanned in one pass', () => {
  const limits = { ...LIMITS, bytes: 2_000_000 }
  const bytes = encoder.encode(`["${String.raw`\"`.repeat(900_000)}"]`)
  const startedMs = performance.now()
  parseStrictJson(bytes, limits)
  assert.ok(performance.now() - startedMs < 2000)
})
