import { MIB, assert, type ByteSpan } from '@matinee/base'
import type { Layout } from '@matinee/protocol'

/** The room that is given back to the system at once: less would make too many files of a long film. */
export const SECTION_BYTES = 64 * MIB

/** The part of a span that lies in one section. */
export interface SectionPart {
  readonly section: number
  /** In bytes of the torrent. */
  readonly span: ByteSpan
  /** In bytes of the section's file on the disk. */
  readonly sectionSpan: ByteSpan
}

/**
 * How the files of a torrent lie on the disk: each cut into sections, a file of the disk each. A system gives the room
 * of a file back when it's removed, and Node knows no other way to free a part of one. Sections are numbered through
 * the torrent; an empty file has one, too.
 */
export class Sections {
  readonly sectionBytes: number
  /** One more than the highest number. */
  readonly count: number
  readonly #layout: Layout
  /** The first section of every file, and the count at the end. */
  readonly #firsts: Uint32Array

  /** @param sectionBytes a multiple of a block, or Infinity: every file is one section */
  constructor(layout: Layout, sectionBytes: number) {
    assert(sectionBytes > 0, 'a section has room')
    this.sectionBytes = sectionBytes
    this.#layout = layout
    this.#firsts = new Uint32Array(layout.fileCount + 1)
    let count = 0
    for (let file = 0; file < layout.fileCount; file++) {
      this.#firsts[file] = count
      const { start, end } = layout.fileSpan(file)
      count += Math.max(1, Math.ceil((end - start) / sectionBytes))
    }
    this.#firsts[layout.fileCount] = count
    this.count = count
  }

  /** The sections that a span of the torrent touches, in order. */
  partsIn(span: ByteSpan): SectionPart[] {
    return this.#layout.filesIn(span).flatMap(({ fileIndex, fileSpan, span: own }) => {
      const first = this.#firsts[fileIndex] ?? 0
      const parts: SectionPart[] = []
      for (let start = fileSpan.start; start < fileSpan.end;) {
        const number = Math.floor(start / this.sectionBytes)
        // NOTE: 0 × Infinity is not a number.
        const base = number === 0 ? 0 : number * this.sectionBytes
        const end = Math.min(fileSpan.end, base + this.sectionBytes)
        const shift = own.start - fileSpan.start
        parts.push({
          section: first + number,
          span: { start: start + shift, end: end + shift },
          sectionSpan: { start: start - base, end: end - base },
        })
        start = end
      }
      return parts
    })
  }

  /** Where a section lies, in bytes of the torrent. */
  spanOf(section: number): ByteSpan {
    const { file, number } = this.#placeOf(section)
    const whole = this.#layout.fileSpan(file)
    const start = whole.start + (number === 0 ? 0 : number * this.sectionBytes)
    return { start, end: Math.min(start + this.sectionBytes, whole.end) }
  }

  /** The file that a section is a part of. */
  fileOf(section: number): number {
    return this.#placeOf(section).file
  }

  /** What a section's file is called: the file's index, from the second section on with the section's number in it. */
  nameOf(section: number): string {
    const { file, number } = this.#placeOf(section)
    return number === 0 ? String(file) : `${file}.${number}`
  }

  #placeOf(section: number): { readonly file: number; readonly number: number } {
    assert(Number.isInteger(section) && section >= 0 && section < this.count, 'the section exists')
    let low = 0
    let high = this.#layout.fileCount
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((this.#firsts[middle] ?? 0) <= section) low = middle
      else high = middle
    }
    return { file: low, number: section - (this.#firsts[low] ?? 0) }
  }
}
