/** Tasks that see the end of whatever came before them: what one of them looks at doesn't change while it waits. */
export class TurnQueue {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs a task when all those before it have ended, well or not; its own end. A task never waits for another turn. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Resolves when all tasks that there are now have ended, well or not. */
  async idle(): Promise<void> {
    await this.#last
  }
}
