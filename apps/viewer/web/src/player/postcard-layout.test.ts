import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  postcardLayout,
  wrapped,
  type PostcardLayout,
  type PostcardMatter,
  type PostcardMeasure,
} from './postcard-layout.ts'

/** Every letter is half as wide as its face is high. */
const measure: PostcardMeasure = (text, { font }) =>
  text.length * Number(/(\d+)px/u.exec(font)?.[1]) * 0.5

const MATTER: PostcardMatter = {
  title: 'The Salt Clock',
  subtitle: null,
  time: 'at 0:12',
  credit: '“The Salt Clock” by Ilse Brandtvogel, films.example, CC BY 4.0',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
  rule: 'free',
  frame: { width: 320, height: 180 },
}

function textsOf({ lines }: PostcardLayout): string {
  return lines.map(({ text }) => text).join(' ')
}

test('O5: a card says title, time, the whole credit and the licence’s address', () => {
  for (const rule of ['free', 'unmodified'] as const) {
    const said = textsOf(postcardLayout({ ...MATTER, rule }, measure))
    for (const text of [MATTER.title, MATTER.time, MATTER.credit, MATTER.licenceUrl ?? ''])
      assert.ok(said.includes(text), `${rule}: ${text}`)
  }
})

test('O5: a frame that has to stay as it is is shown whole, with nothing over it', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 16, max: 8192 }),
    height: fc.integer({ min: 16, max: 8192 }),
  })
  fc.assert(
    fc.property(sizes, fc.string({ maxLength: 300 }), (frame, title) => {
      const matter = { ...MATTER, title, rule: 'unmodified', frame } as const
      const { source, target, shapes, lines, width, height } = postcardLayout(matter, measure)
      assert.deepEqual(source, { x: 0, y: 0, ...frame })
      // Not squeezed: both ways alike, but for the pixel that is rounded.
      const ratio = target.width / frame.width
      assert.ok(
        Math.abs(target.height - frame.height * ratio) <= Math.max(1, frame.height / frame.width),
      )
      const bottom = target.y + target.height
      assert.ok(target.x >= 0 && target.x + target.width <= width && bottom <= height)
      for (const { points } of shapes) for (const [, y] of points) assert.ok(y > bottom)
      for (const { y, face } of lines)
        assert.ok(
          y - Number(/(\d+)px/u.exec(face.font)?.[1]) >= bottom,
          'a line lies over the frame',
        )
    }),
  )
})

test('whatever a text is, its lines fit the card and stay apart', () => {
  const text = fc.string({ maxLength: 600, unit: 'grapheme' })
  fc.assert(
    fc.property(text, text, text, (title, credit, subtitle) => {
      const layout = postcardLayout({ ...MATTER, title, credit, subtitle }, measure)
      for (const { text: said, x, y, face } of layout.lines) {
        assert.ok(x + measure(said, face) <= layout.width)
        assert.ok(y > 0 && y < layout.height)
      }
      const baselines = layout.lines.slice(1).map(({ y }) => y)
      assert.deepEqual(
        baselines,
        baselines.toSorted((a, b) => a - b),
      )
    }),
  )
})

test('a frame that may be changed fills the width and is cut evenly', () => {
  const { source, target } = postcardLayout(
    { ...MATTER, frame: { width: 640, height: 480 } },
    measure,
  )
  assert.deepEqual(source, { x: 0, y: 60, width: 640, height: 360 })
  assert.deepEqual(target, { x: 0, y: 0, width: 1200, height: 675 })
})

test('words are kept whole where they fit, and an ellipsis stands for what is left out', () => {
  const width = (text: string): number => text.length
  assert.deepEqual(wrapped('one two three', 7, 3, width), ['one two', 'three'])
  assert.deepEqual(wrapped('abcdefghij', 4, 3, width), ['abcd', 'efgh', 'ij'])
  assert.deepEqual(wrapped('one two three four', 7, 2, width), ['one two', 'three…'])
  assert.deepEqual(wrapped('', 7, 2, width), [])
})
