import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { SeededRandom } from '@matinee/testkit'
import { madeRecords } from '../../test/made-records.ts'
import { temporaryFolder } from '../../test/opened-store.ts'
import { UPDATED, answersOf, openedReader, writeFeed } from '../../test/updated-feed.ts'
import type { FeedUpdate, UpdatedWork } from './feed-file-change.ts'
import { FeedFile } from './feed-file.ts'

const SEEDS = [51, 52]
/** Two versions of the same works: together they are more than SQLite keeps in memory. */
const VERSIONS = SEEDS.map((seed) => madeRecords(seed, 200))
const [OLD = [], NEW = []] = VERSIONS
const TEXTS = [...OLD, ...NEW].slice(0, 4).map(({ title }) => title.text)
const UPDATING = fileURLToPath(new URL('../../test/updating-process.ts', import.meta.url))

test('C18: wherever an update stops, whoever opens the file has the old version whole or the new one', (t) => {
  const folder = temporaryFolder(t)
  writeFeed(folder, OLD, [], '0')
  using file = new FeedFile(join(folder, `${UPDATED}.1.feed`))
  const before = answersOf(openedReader(copyOf(folder, 'before')), TEXTS, OLD.slice(0, 3))
  let stops = 0
  const stop = (): void => {
    // A crash leaves what is on the disk at that moment.
    if (stops++ % 40 !== 0) return
    const reader = openedReader(copyOf(folder, `crash-${stops}`))
    assertSame(answersOf(reader, TEXTS, OLD.slice(0, 3)), before, `at stop ${stops}`)
  }
  const works = NEW.map((record): UpdatedWork => {
    const json = JSON.stringify(record)
    return {
      record,
      added: '2026-10-01',
      get json() {
        stop()
        return json
      },
    }
  })
  const { feed: head } = file
  const update: FeedUpdate = { feed: { ...head, version: '1' }, works, removed: [], lists: [] }
  file.update(update, file.segment(), 4e9)
  assert.ok(stops >= NEW.length)
  const fresh = join(folder, 'fresh')
  mkdirSync(fresh)
  writeFeed(fresh, NEW, [], '1')
  assertSame(
    answersOf(openedReader(copyOf(folder, 'after')), TEXTS, NEW.slice(0, 3)),
    answersOf(openedReader(fresh), TEXTS, NEW.slice(0, 3)),
    'in the end',
  )
})

test('C18: a process killed while it updates leaves one of the versions whole', async (t) => {
  const folder = temporaryFolder(t)
  writeFeed(folder, OLD, [], '0')
  const right = VERSIONS.map((records, version) => {
    const own = join(folder, `right-${version}`)
    mkdirSync(own)
    writeFeed(own, records, [], String(version))
    return answersOf(openedReader(own), TEXTS, OLD.slice(0, 3))
  })
  const random = new SeededRandom('kills')
  for (let kill = 0; kill < 2; kill++) {
    const child = spawn(process.execPath, [UPDATING, folder, SEEDS.join(',')])
    const ended = once(child, 'exit')
    let lines = 0
    const last = 1 + random.below(4)
    for await (const chunk of child.stdout) {
      lines += String(chunk).split('\n').length - 1
      // Somewhere in the update after that.
      if (lines > last) break
    }
    child.kill('SIGKILL')
    await ended
    const reader = openedReader(copyOf(folder, `killed-${kill}`))
    const version = Number(reader.feeds()[0]?.version)
    assertSame(answersOf(reader, TEXTS, OLD.slice(0, 3)), right[version], `kill ${kill}`)
  }
})

/** The difference between all answers and all others would take minutes to be written. */
function assertSame(actual: unknown, expected: unknown, when: string): void {
  assert.ok(isDeepStrictEqual(actual, expected), `answers are others ${when}`)
}

/** A copy of what a folder has at this moment. */
function copyOf(folder: string, name: string): string {
  const copy = join(folder, name)
  mkdirSync(copy)
  for (const file of readdirSync(folder))
    if (file.startsWith(`${UPDATED}.`)) cpSync(join(folder, file), join(copy, file))
  return copy
}
