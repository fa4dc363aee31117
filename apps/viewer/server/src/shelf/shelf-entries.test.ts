import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeEntries, shelfEntrySchema, type ShelfEntry } from './shelf-entries.ts'

// Few keys and times, so that shelves meet in each of them.
const atMs = fc.integer({ min: 0, max: 4 })
const work = fc.constantFrom('a.one', 'a.two')
const list = fc.constantFrom('Sunday', 'Rain')
const entry: fc.Arbitrary<ShelfEntry> = fc.oneof(
  fc.record({
    kind: fc.constant('progress' as const),
    key: fc.tuple(work, fc.constantFrom('', 'e1')),
    atMs,
    value: fc.record({
      seconds: fc.integer({ min: 0, max: 3 }),
      durationSeconds: fc.constant(600),
      watched: fc.boolean(),
      title: fc.constantFrom('One', 'Two'),
    }),
  }),
  fc.record({
    kind: fc.constant('favourite' as const),
    key: fc.tuple(work),
    atMs,
    value: fc.option(fc.record({ addedAtMs: atMs })),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    key: fc.tuple(list),
    atMs,
    value: fc.option(fc.constant({})),
  }),
  fc.record({
    kind: fc.constant('listed' as const),
    key: fc.tuple(list, work),
    atMs,
    value: fc.option(fc.record({ place: fc.integer({ min: 0, max: 3 }) })),
  }),
)
/** A shelf says one thing of each. */
const shelf = fc
  .array(entry, { maxLength: 12 })
  .map((all) => mergeEntries(structuredClone(all), []))

test('merging shelves in either order comes to the same', () => {
  fc.assert(
    fc.property(shelf, shelf, (a, b) => {
      assert.deepEqual(mergeEntries(a, b), mergeEntries(b, a))
    }),
  )
})

test('merging three shelves comes to the same whichever two meet first', () => {
  fc.assert(
    fc.property(shelf, shelf, shelf, (a, b, c) => {
      const left = mergeEntries(mergeEntries(a, b), c)
      assert.deepEqual(left, mergeEntries(a, mergeEntries(b, c)))
    }),
  )
})

test('merging the same shelf twice changes nothing', () => {
  fc.assert(
    fc.property(shelf, shelf, (a, b) => {
      assert.deepEqual(mergeEntries(a, a), a)
      const once = mergeEntries(a, b)
      assert.deepEqual(mergeEntries(once, b), once)
    }),
  )
})

test('of each thing the last word holds, a removal like any other', () => {
  fc.assert(
    fc.property(shelf, shelf, (a, b) => {
      const merged = mergeEntries(a, b)
      for (const one of [...a, ...b]) {
        const held = merged.find(
          ({ kind, key }) => kind === one.kind && key.join('\n') === one.key.join('\n'),
        )
        assert.ok(held !== undefined && held.atMs >= one.atMs)
        assert.ok(shelfEntrySchema.safeParse(held).success)
      }
    }),
  )
})
