import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type ByteSpan, KIB, spanLength } from '@matinee/base'
import { BLOCK_BYTES, Layout } from './layout.ts'

/** Three files, the second empty, in each of the three shapes of the drawing in layout.ts. */
const PIECE = 32 * KIB
const v1 = new Layout({
  pieceLength: PIECE,
  length: 110_000,
  files: [span(0, 40_000), span(40_000, 40_000), span(40_000, 110_000)],
  gaps: 'zeros',
})
const aligned = [span(0, 40_000), span(40_000, 40_000), span(2 * PIECE, 2 * PIECE + 70_000)]
const hybrid = new Layout({
  pieceLength: PIECE,
  length: 2 * PIECE + 70_000,
  files: aligned,
  gaps: 'zeros',
})
const v2 = new Layout({
  pieceLength: PIECE,
  length: 2 * PIECE + 70_000,
  files: aligned,
  gaps: 'absent',
})

test('a piece is where its number says, and the last one is short', () => {
  assert.equal(v1.pieceCount, 4)
  assert.deepEqual(v1.pieceSpan(v1.piece(0)), span(0, PIECE))
  assert.deepEqual(v1.pieceSpan(v1.piece(3)), span(3 * PIECE, 110_000))
  assert.equal(v1.blocksIn(v1.piece(3)), 1)
})

test('in v2 torrents the last piece of every file is short; in hybrids padding fills it', () => {
  assert.equal(v2.pieceLengthOf(v2.piece(1)), 40_000 - PIECE)
  assert.equal(hybrid.pieceLengthOf(hybrid.piece(1)), PIECE)
  assert.deepEqual(v2.padding(v2.pieceSpan(v2.piece(1))), [])
  assert.deepEqual(hybrid.padding(span(0, 2 * PIECE + 5)), [span(40_000, 2 * PIECE)])
  assert.equal(v1.padding(span(0, 110_000)).length, 0)
  assert.ok(v2.isAligned && hybrid.isAligned && !v1.isAligned)
})

test('a peer may ask for a whole v2 piece, and what lies behind the file is zeros', () => {
  for (const [index, end] of [
    [1, 40_000],
    [4, 2 * PIECE + 70_000],
  ] as const) {
    const whole = v2.requestableSpan(v2.piece(index))
    assert.deepEqual(whole, span(index * PIECE, (index + 1) * PIECE))
    assert.deepEqual(v2.padding(whole), [span(end, whole.end)])
  }
  const last = hybrid.piece(4)
  assert.deepEqual(hybrid.requestableSpan(last), hybrid.pieceSpan(last))
})

test('a leaf covers exactly the data of its block', () => {
  const [piece] = [hybrid.piece(1)]
  assert.deepEqual(hybrid.dataSpan(piece, 0), span(PIECE, 40_000))
  assert.deepEqual(hybrid.leafOf(piece, 0), { fileIndex: 0, leaf: 2 })
  assert.equal(spanLength(hybrid.dataSpan(piece, 1)), 0)
  assert.equal(hybrid.leafOf(piece, 1), null)
  assert.deepEqual(hybrid.leafOf(hybrid.piece(2), 1), { fileIndex: 2, leaf: 1 })
  assert.equal(v2.blocksIn(v2.piece(1)), 1)
})

test('a position belongs to a file, or to nobody in padding and outside', () => {
  assert.equal(hybrid.fileAt(39_999), 0)
  assert.equal(hybrid.fileAt(40_000), null)
  assert.equal(hybrid.fileAt(2 * PIECE), 2)
  assert.equal(hybrid.fileAt(hybrid.length), null)
  assert.equal(v1.fileAt(40_000), 2)
  assert.deepEqual(v1.filesIn(span(39_990, 40_010)), [
    { fileIndex: 0, span: span(39_990, 40_000), fileSpan: span(39_990, 40_000) },
    { fileIndex: 2, span: span(40_000, 40_010), fileSpan: span(0, 10) },
  ])
})

test('a piece, block or byte that is not there is a range error', () => {
  for (const index of [-1, 4, 0.5, Number.NaN, 2 ** 32 - 16])
    assert.throws(() => v1.piece(index), RangeError)
  for (const block of [-1, 2, 0.5])
    assert.throws(() => v1.blockSpan(v1.piece(0), block), RangeError)
  assert.throws(() => v1.blockAt(110_000), RangeError)
  assert.throws(() => v2.blockAt(40_000), RangeError)
  assert.throws(() => v1.fileSpan(3), RangeError)
})

const layouts = fc
  .record({
    pieceLength: fc.integer({ min: 0, max: 3 }).map((level) => BLOCK_BYTES * 2 ** level),
    lengths: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300_000 })), {
      minLength: 1,
      maxLength: 6,
    }),
    shape: fc.constantFrom('v1', 'hybrid', 'v2'),
  })
  .map(({ pieceLength, lengths, shape }) => {
    const files: ByteSpan[] = []
    let end = 0
    for (const length of lengths) {
      const isBeginning = shape !== 'v1' && length > 0
      const start = isBeginning ? Math.ceil(end / pieceLength) * pieceLength : end
      end = start + length
      files.push({ start, end })
    }
    const gaps = shape === 'v2' ? 'absent' : 'zeros'
    return { layout: new Layout({ pieceLength, length: end, files, gaps }), files }
  })

test('blocks cover every byte of every file once, and padding the rest', () => {
  fc.assert(
    fc.property(layouts, ({ layout, files }) => {
      let data = 0
      let padding = 0
      let end = 0
      for (let index = 0; index < layout.pieceCount; index++) {
        const piece = layout.piece(index)
        assert.equal(layout.pieceSpan(piece).start, index * layout.pieceLength)
        let blocks = 0
        for (let block = 0; block < layout.blocksIn(piece); block++) {
          const run = layout.blockSpan(piece, block)
          assert.ok(run.start >= end && run.end - run.start <= BLOCK_BYTES)
          assert.deepEqual(layout.blockAt(run.start), { piece, block })
          assert.deepEqual(layout.blockAt(run.end - 1), { piece, block })
          end = run.end
          blocks += spanLength(run)
          const inFiles = layout.filesIn(run).map((part) => spanLength(part.span))
          const inPadding = layout.padding(run).map(spanLength)
          assert.equal(sum(inFiles) + sum(inPadding), spanLength(run))
          if (layout.isAligned)
            assert.equal(spanLength(layout.dataSpan(piece, block)), sum(inFiles))
          data += sum(inFiles)
          padding += sum(inPadding)
        }
        assert.equal(blocks, layout.pieceLengthOf(piece))
      }
      assert.equal(data, sum(files.map(spanLength)))
      if (layout.gaps === 'zeros') assert.equal(data + padding, layout.length)
      else assert.equal(padding, 0)
    }),
  )
})

test('the pieces of a span are those that share a byte with it', () => {
  fc.assert(
    fc.property(layouts, fc.nat(300_000), fc.nat(100_000), ({ layout }, start, length) => {
      const { first, end } = layout.piecesOf({ start, end: start + length })
      for (let index = 0; index < layout.pieceCount; index++) {
        const begin = index * layout.pieceLength
        const shares = begin < start + length && begin + layout.pieceLength > start && length > 0
        assert.equal(index >= first && index < end, shares)
      }
    }),
  )
})

function span(start: number, end: number): ByteSpan {
  return { start, end }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
