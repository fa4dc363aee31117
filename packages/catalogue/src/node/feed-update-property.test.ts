import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { WorkId, WorkRecord } from '@matinee/catalogue'
import fc from 'fast-check'
import { date, madeRecords } from '../../test/made-records.ts'
import { naiveSearch } from '../../test/naive-search.ts'
import { dayNumber } from '../search/day-number.ts'
import { answersOf, chosen, openedReader, updateFeed, writeFeed } from '../../test/updated-feed.ts'

const TODAY = date('2026-11-21')
const DAY = dayNumber(TODAY)
const VARIANTS = 3
const WORKS = 30
/** Once nothing is called Lanterns any more, the nearest to it is Lantern alone. */
const LANTERNS = new Map([
  [1, ['Lanterns', 'Other', 'Another']],
  [8, ['Lantern', 'Lantern', 'Lantern']],
  [16, ['Lanternist', 'Lanternist', 'Lanternist']],
])
/** The same ids three times over, each time with other titles, people and rights; some are alike on purpose. */
const POOL: readonly (readonly WorkRecord[])[] = Array.from({ length: VARIANTS }, (_, variant) =>
  madeRecords(30 + variant, WORKS, (made, number) => ({
    ...made,
    id: `made-${number}`,
    ...(number % 5 === 0
      ? { title: { text: ['The Harbour', 'A Harbor', 'Harbour'][variant] } }
      : {}),
    ...(LANTERNS.has(number) ? { title: { text: LANTERNS.get(number)?.[variant] } } : {}),
    people: peopleOf(number, variant),
  })),
)
const RECORDS = POOL.flat()
const LIT: [number, number][] = [1, 3, 4, 8, 16].map((number) => [number, 0])
const TEXTS = [
  'lanterns.',
  'harbour',
  'harbor',
  'hrabour',
  'lovelace',
  'ada',
  'lovelance',
  'byron countess',
  'the harbour ada',
  ...RECORDS.slice(0, 12).map(({ title }) => title.text.slice(0, 6)),
  ...RECORDS.slice(40, 48).map(({ title }) => title.text),
]

test('C18: after any updates a feed answers as one that is made of its works anew', () => {
  const which = fc.integer({ min: 0, max: VARIANTS - 1 })
  const number = fc.integer({ min: 0, max: WORKS - 1 })
  const change = fc.tuple(number, fc.option(which, { freq: 3 }))
  const update = fc.record({
    changes: fc.array(change, { maxLength: 12 }),
    list: fc.uniqueArray(number, { maxLength: 4 }),
    isReopened: fc.boolean(),
  })
  const beginning = fc.array(fc.tuple(number, which), { minLength: 1, maxLength: WORKS })
  fc.assert(
    fc.property(beginning, fc.array(update, { minLength: 1, maxLength: 5 }), (first, updates) => {
      using stage = new Stage()
      const works = new Map<string, WorkRecord>()
      for (const [at, variant] of first) put(works, at, variant)
      writeFeed(stage.folder('updated'), works.values(), [chosen([idOf(0), idOf(5)])], '0')
      let reader = stage.reader('updated')
      let list: readonly WorkId[] = []
      for (const [index, { changes, list: numbers, isReopened }] of updates.entries()) {
        list = numbers.map(idOf)
        // Of several changes of one work the last one counts.
        const byWork = new Map(changes)
        const removed = [...byWork].filter(([, variant]) => variant === null)
        for (const [at, variant] of byWork) put(works, at, variant)
        const changed = [...byWork].flatMap(([at, variant]) =>
          variant === null ? [] : [recordAt(at, variant)],
        )
        const gone = removed.map(([at]) => idOf(at))
        updateFeed(
          reader,
          { works: changed, removed: gone, lists: [chosen(list)] },
          String(index),
          String(index + 1),
        )
        if (isReopened) reader = stage.reader('updated')
      }
      const again = [...works.values()].toReversed()
      writeFeed(stage.folder('fresh'), again, [chosen(list)], String(updates.length))
      const fresh = stage.reader('fresh')
      assert.deepEqual(answersOf(reader, TEXTS, RECORDS), answersOf(fresh, TEXTS, RECORDS))
      for (const text of TEXTS) {
        const { works: found, correction } = reader.search({
          text,
          territory: null,
          day: DAY,
          limit: 200,
        })
        if (correction !== null) continue
        // A record doesn't know how others write its people; whatever it knows itself is found.
        const ids = new Set(found.map(({ id }) => id))
        for (const { id } of naiveSearch([...works.values()], text, {}, null, TODAY))
          assert.ok(ids.has(id), `${text}: ${id}`)
      }
    }),
    {
      numRuns: 25,
      examples: [
        [LIT, [{ changes: [[1, 1]], list: [8], isReopened: false }]],
        [LIT, [{ changes: [[1, null]], list: [8], isReopened: true }]],
        [
          LIT,
          [{ changes: [4, 8, 16].map((number) => [number, null]), list: [], isReopened: false }],
        ],
        [LIT, [{ changes: [[3, null]], list: [3], isReopened: false }]],
      ],
    },
  )
})

/** Folders and the readers of them. */
class Stage implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'matinee-updates-'))

  folder(name: string): string {
    const folder = join(this.#folder, name)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  reader(name: string): ReturnType<typeof openedReader> {
    return openedReader(this.folder(name))
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function put(works: Map<string, WorkRecord>, at: number, variant: number | null): void {
  works.delete(idOf(at))
  if (variant !== null) works.set(idOf(at), recordAt(at, variant))
}

function recordAt(at: number, variant: number): WorkRecord {
  const record = POOL[variant]?.[at]
  assert.ok(record !== undefined)
  return record
}

function idOf(at: number): WorkId {
  return recordAt(at, 0).id
}

/** Few people, who are written in several ways. */
function peopleOf(number: number, variant: number): readonly object[] {
  const names = ['Ada Lovelace', 'A. Lovelace', 'Ada King']
  const ada = {
    name: names[(number + variant) % 3],
    roles: ['director'],
    otherNames: number % 4 === variant ? ['Countess Byron'] : [],
    ids: { wikidata: 'Q7259' },
  }
  const other = { name: `Person${'abcdefg'[number % 7]} Smith`, roles: ['cast'] }
  const third = { name: `Only${'xyz'[variant]} Person${number}`, roles: ['writer'] }
  return number % 3 === variant ? [other, third] : [ada, other, third]
}
