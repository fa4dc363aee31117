import type { IndexRefusal } from './container-index.ts'

/** Leaves a locator from within; never seen outside of this folder. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: IndexRefusal
  constructor(reason: IndexRefusal, what: string) {
    super(what)
    this.reason = reason
  }
}
