/** The unit of allocation, as on most file systems. */
export const PAGE_BYTES = 4096

/**
 * The bytes of a file in pages; holes read as zeros and cost nothing, so a file of 60 GB is cheap. Copies
 * share pages: a page is copied when it is first written after it was shared.
 */
export class SparseBytes {
  size = 0
  readonly #pages = new Map<number, Uint8Array>()
  /** Pages made, changed or dropped since the last `commitTo`; those that exist are ours to change. */
  readonly #changed = new Set<number>()

  get pageCount(): number {
    return this.#pages.size
  }

  /** Fills `into` from `position` as far as the file goes; returns how many bytes there were. */
  read(position: number, into: Uint8Array): number {
    const count = Math.max(0, Math.min(into.length, this.size - position))
    for (let done = 0; done < count;) {
      const { page, offset, length } = pagePart(position + done, count - done)
      const bytes = this.#pages.get(page)
      if (bytes === undefined) into.fill(0, done, done + length)
      else into.set(bytes.subarray(offset, offset + length), done)
      done += length
    }
    return count
  }

  write(position: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const { page, offset, length } = pagePart(position + done, bytes.length - done)
      this.#own(page).set(bytes.subarray(done, done + length), offset)
      done += length
    }
    this.size = Math.max(this.size, position + bytes.length)
  }

  truncate(size: number): void {
    if (size < this.size) {
      const first = Math.ceil(size / PAGE_BYTES)
      for (const page of this.#pages.keys()) {
        if (page < first) continue
        this.#pages.delete(page)
        this.#changed.add(page)
      }
      // What is cut off must not come back when the file grows again.
      if (size % PAGE_BYTES !== 0 && this.#pages.has(first - 1)) {
        this.#own(first - 1).fill(0, size % PAGE_BYTES)
      }
    }
    this.size = size
  }

  /** How many pages a write would add. */
  newPages(position: number, length: number): number {
    let count = 0
    for (
      let page = Math.floor(position / PAGE_BYTES);
      page * PAGE_BYTES < position + length;
      page++
    ) {
      if (!this.#pages.has(page)) count++
    }
    return count
  }

  /** Makes `other`, an earlier state of the same file, equal to this, at the cost of what changed. */
  commitTo(other: SparseBytes): void {
    for (const page of this.#changed) {
      const bytes = this.#pages.get(page)
      if (bytes === undefined) other.#pages.delete(page)
      else other.#pages.set(page, bytes)
    }
    other.size = this.size
    this.#changed.clear()
  }

  /** Forgets which pages changed: they are never committed unless written again. */
  forgetChanges(): void {
    this.#changed.clear()
  }

  copy(): SparseBytes {
    const other = new SparseBytes()
    other.size = this.size
    for (const [page, bytes] of this.#pages) other.#pages.set(page, bytes)
    this.#changed.clear()
    return other
  }

  #own(page: number): Uint8Array {
    const bytes = this.#pages.get(page)
    if (bytes !== undefined && this.#changed.has(page)) return bytes
    const own = bytes?.slice() ?? new Uint8Array(PAGE_BYTES)
    this.#pages.set(page, own)
    this.#changed.add(page)
    return own
  }
}

function pagePart(
  position: number,
  atMost: number,
): { page: number; offset: number; length: number } {
  const page = Math.floor(position / PAGE_BYTES)
  const offset = position - page * PAGE_BYTES
  return { page, offset, length: Math.min(atMost, PAGE_BYTES - offset) }
}
