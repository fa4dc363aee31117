/** Those who want to know when something has changed. */
export class Listeners {
  readonly #all = new Set<() => void>()

  /** Returns how to end it. */
  readonly add = (listener: () => void): (() => void) => {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  /** It has changed. */
  tell(): void {
    for (const listener of this.#all) listener()
  }

  /** Nobody is told any more. */
  clear(): void {
    this.#all.clear()
  }
}
