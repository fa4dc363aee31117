import type { Layout } from '@matinee/protocol'
import type { FileReader, ReaderSource } from './file-reader.ts'

/** Where a reader is, for showing. */
export interface ReaderStatus {
  readonly fileIndex: number
  /** The next byte that it gives out, in bytes of the file. */
  readonly position: number
  /** Verified without a gap from there. 0 = it waits. */
  readonly aheadBytes: number
}

/** Where readers are; those that are at their end are left out. */
export function readerStatuses(
  readers: readonly Pick<FileReader, 'position' | 'span'>[],
  layout: Layout,
  source: Pick<ReaderSource, 'verifiedUntil'>,
): ReaderStatus[] {
  return readers.flatMap(({ position, span }) => {
    const fileIndex = layout.fileAt(position)
    if (fileIndex === null || position >= span.end) return []
    const aheadBytes = source.verifiedUntil(position, span.end) - position
    return [{ fileIndex, position: position - layout.fileSpan(fileIndex).start, aheadBytes }]
  })
}
