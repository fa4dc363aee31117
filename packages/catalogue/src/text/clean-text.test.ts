import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFixture } from '../../test/fixture-record.ts'
import { cleanLine, cleanParagraphs, hasHidden } from './clean-text.ts'

interface TextCase {
  readonly name: string
  readonly text: string
  readonly line: string
  readonly paragraphs?: string
}

const file: unknown = readFixture('texts.json')
const { texts } = file as { readonly texts: readonly TextCase[] }

for (const { name, text, line, paragraphs = line } of texts)
  test(`C16: texts are cleaned: ${name}`, () => {
    assert.equal(cleanLine(text), line)
    assert.equal(cleanParagraphs(text), paragraphs)
  })

/** Texts made of what cleaning cares about. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'a é \n \r \t \u0301 \u0323 \u05B8 \u200B \u200C \u200D \u202E \u2066 \uFEFF \u00AD \u0085 \u2028 \u0000 \uFE0F \u1160'.split(
          ' ',
        ),
        ' ',
        '\u{E0041}',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join('').toWellFormed())

test('C16: a text that was cleaned is not changed by cleaning it again, and hides nothing', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const line = cleanLine(text)
      assert.equal(cleanLine(line), line)
      assert.equal(line.normalize('NFC'), line)
      assert.equal(hasHidden(line), false)
      assert.equal(line.trim(), line)
      assert.equal(/[\p{Mn}\p{Me}]{7}/u.test(line), false)
      const long = cleanParagraphs(text)
      assert.equal(cleanParagraphs(long), long)
      assert.equal(hasHidden(long.replaceAll('\n', '')), false)
      assert.equal(long.includes('\n\n\n'), false)
    }),
    { numRuns: 2000 },
  )
})
