/** Something that is to happen. `order` keeps events of the same moment in the order they were set. */
export interface HeapEvent {
  readonly dueMs: number
  readonly order: number
}

/** Events by due time, then by the order of setting: a binary heap, because a swarm sets thousands. */
export class EventHeap<T extends HeapEvent> {
  readonly #heap: T[] = []

  /** The earliest; undefined = there is none. */
  get first(): T | undefined {
    return this.#heap[0]
  }

  push(event: T): void {
    const heap = this.#heap
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (!above || !isBefore(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  /** Takes the earliest out. */
  shift(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      const left = heap[child]
      const right = heap[child + 1]
      if (left && right && isBefore(right, left)) child++
      const below = heap[child]
      if (!below || !isBefore(below, last)) break
      heap[at] = below
      at = child
    }
    heap[at] = last
  }

  /** Forgets everything. */
  clear(): void {
    this.#heap.length = 0
  }
}

function isBefore(a: HeapEvent, b: HeapEvent): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)
}
