/** The thread that writes one feed's file and ends: while it's at it, searches are answered by another. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { assert } from '@matinee/base'
import type { CalendarDate } from '@matinee/rights'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { WorkRecord } from '../record/work-record.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import { SegmentBuilder } from '../search/segment-builder.ts'
import { summaryOf } from '../search/work-summary.ts'
import { FeedFileWriter } from './feed-file.ts'
import { serveCalls } from './worker-messages.ts'

/** A load's beginning. */
export interface LoadStart {
  readonly folder: string
  readonly part: string
  readonly largestBytes: number
  readonly date: CalendarDate
}

/** Some works, as JSON: the records were validated by whoever made them. */
export type LoadBatch = readonly { readonly record: string; readonly added: string }[]

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
  begin(start: LoadStart): void
  add(batch: LoadBatch): void
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

let load: Load | null = null

serveCalls<LoaderCalls>({
  begin({ folder, part, largestBytes, date }) {
    const path = join(folder, part)
    rmSync(path, { force: true })
    const writer = new FeedFileWriter(path, largestBytes)
    load = { folder, path, writer, builder: new SegmentBuilder(date) }
  },
  add(batch) {
    assert(load !== null, 'a load begins before it goes on')
    for (const { record: json, added } of batch) {
      const record = JSON.parse(json) as WorkRecord
      const people = load.builder.add(record, added)
      load.writer.add(record.id, json, summaryOf(record, added), people)
    }
  },
  finish({ name, feed, lists }) {
    assert(load !== null, 'a load begins before it ends')
    const { folder, path, writer, builder } = load
    const stored: StoredFeed = { ...feed, workCount: builder.workCount }
    writer.finish(stored, builder.build(feed.id, lists))
    sync(path)
    // NOTE: the feed's new version is there from here on, whole.
    renameSync(path, join(folder, name))
    sync(dirname(path))
    const { user, system } = process.threadCpuUsage()
    return { ...stored, cpuMs: (user + system) / 1000 }
  },
})

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
