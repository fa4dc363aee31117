/** The thread that writes one feed's file and ends: while it's at it, searches are answered by another. */
import { hash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { assert } from '@matinee/base'
import { type CalendarDate, parseCalendarDate } from '@matinee/rights'
import { type FeedReading, type OpenedFeed, openBundledFeed } from '../feed/bundled-feed.ts'
import type { FeedEntry, WorkList } from '../feed/feed-manifest.ts'
import type { FeedProblem } from '../feed/feed-problem.ts'
import type { Sha256Text } from '../name/hash-text.ts'
import type { WorkRecord } from '../record/work-record.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import { SegmentBuilder } from '../search/segment-builder.ts'
import { summaryOf } from '../search/work-summary.ts'
import { FeedFile } from './feed-file.ts'
import { FeedFileWriter } from './feed-file-writer.ts'
import { folderFiles } from './folder-files.ts'
import { textSha256 } from './system.ts'
import { serveCalls } from './worker-messages.ts'

/** A load's beginning. */
export interface LoadStart {
  readonly folder: string
  readonly part: string
  readonly largestBytes: number
  readonly date: CalendarDate
}

/** Some works, their records as JSON that was validated by whoever made them. */
export type LoadBatch = readonly {
  readonly record: string
  readonly entry: Pick<FeedEntry, 'state' | 'added'>
}[]

/** A folder that is said to hold a bundled feed. */
export interface SourceFolder {
  /** Absolute. */
  readonly folder: string
  /** What its manifest must be. */
  readonly manifestSha256: Sha256Text
}

/** What a feed's folder is, by its manifest. */
export type SourceHead =
  | {
      readonly kind: 'feed'
      readonly feed: Pick<StoredFeed, 'id' | 'trust' | 'names'>
      readonly lists: readonly WorkList[]
    }
  | Exclude<OpenedFeed, { kind: 'reading' }>

/** A load's end. */
export interface LoadEnd {
  /** What the file is called from then on. */
  readonly name: string
  readonly feed: Omit<StoredFeed, 'workCount'>
  readonly lists: readonly WorkList[]
}

/** What a load costs this thread. */
export interface LoadCost {
  readonly cpuMs: number
}

/** What the loading thread answers. */
export interface LoaderCalls {
  /** Looks at a feed's folder. */
  open(source: SourceFolder): SourceHead
  begin(start: LoadStart): void
  add(batch: LoadBatch): void
  /** Adds every work of the folder that was opened; what is wrong with it, or nothing. */
  addOpened(nothing: null): readonly FeedProblem[]
  /** Opens a feed's file that was updated. */
  openStored(path: string): { readonly feed: StoredFeed; readonly lists: readonly WorkList[] }
  /** Adds every work of the file that was opened. */
  addStored(nothing: null): void
  finish(end: LoadEnd): StoredFeed & LoadCost
}

interface Load {
  readonly folder: string
  readonly path: string
  readonly writer: FeedFileWriter
  readonly builder: SegmentBuilder
}

/** Below whoever waits for an answer. */
const BACKGROUND = 10
// Elsewhere the call would be about the whole process.
if (process.platform === 'linux') setPriority(BACKGROUND)

const SHA256 = { sha256: (bytes: Uint8Array) => new Uint8Array(hash('sha256', bytes, 'buffer')) }

let load: Load | null = null
let reading: FeedReading | null = null
let stored: FeedFile | null = null

serveCalls<LoaderCalls>({
  begin({ folder, part, largestBytes, date }) {
    const path = join(folder, part)
    rmSync(path, { force: true })
    const writer = new FeedFileWriter(path, largestBytes)
    load = { folder, path, writer, builder: new SegmentBuilder(date, textSha256) }
  },
  open({ folder, manifestSha256 }) {
    const opened = openBundledFeed(folderFiles(folder), SHA256, { manifestSha256 })
    if (opened.kind !== 'reading') return opened
    ;({ reading } = opened)
    const { id, trust, translations, lists } = reading.manifest
    const names = Object.entries(translations).map(([language, { name }]) => [language, name])
    return { kind: 'feed', feed: { id, trust, names: Object.fromEntries(names) }, lists }
  },
  add(batch) {
    for (const { record, entry } of batch) addWork(JSON.parse(record) as WorkRecord, record, entry)
  },
  addOpened() {
    assert(reading !== null, 'a folder is opened before it is read')
    for (const { record, entry } of reading.works()) addWork(record, JSON.stringify(record), entry)
    return reading.problems
  },
  openStored(path) {
    stored = new FeedFile(path)
    return { feed: stored.feed, lists: stored.lists() }
  },
  addStored() {
    assert(stored !== null, 'a file is opened before it is read')
    for (const { json, added } of stored.works()) {
      const date = parseCalendarDate(added)
      assert(date !== null, 'a work is kept with its day')
      addWork(JSON.parse(json) as WorkRecord, json, { state: 'offered', added: date })
    }
    stored[Symbol.dispose]()
  },
  finish({ name, feed, lists }) {
    assert(load !== null, 'a load begins before it ends')
    const { folder, path, writer, builder } = load
    const written: StoredFeed = { ...feed, workCount: builder.workCount }
    writer.finish(written, builder.build(feed.id, lists), builder.people())
    sync(path)
    // NOTE: the feed's new version is there from here on, whole.
    renameSync(path, join(folder, name))
    sync(dirname(path))
    const { user, system } = process.threadCpuUsage()
    return { ...written, cpuMs: (user + system) / 1000 }
  },
})

function addWork(
  record: WorkRecord,
  json: string,
  entry: Pick<FeedEntry, 'state' | 'added'>,
): void {
  assert(load !== null, 'a load begins before it goes on')
  // NOTE: the one place where candidates are kept out of everything that is ever shown.
  if (entry.state !== 'offered') return
  load.builder.add(record, entry.added)
  load.writer.add(record.id, json, summaryOf(record, entry.added))
}

/** Waits until the disk has it. Windows doesn't sync folders. */
function sync(path: string): void {
  if (process.platform === 'win32') return
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
