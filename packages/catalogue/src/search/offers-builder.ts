import type { CalendarDate } from '@matinee/rights'
import type { WorkRecord } from '../record/work-record.ts'
import { type Grant, offerOf } from './offer.ts'
import type { Offers } from './segment.ts'

/** Collects where works are offered, equal answers once. */
export class OffersBuilder {
  readonly #classes: (readonly Grant[])[] = [[]]
  readonly #numbers = new Map([['[]', 0]])
  readonly #classOf: number[] = []
  readonly #firstDays: number[] = []
  readonly #untilDays: number[] = []
  readonly #recheckDays: number[] = []

  /** Starts empty, or from offers of which some are judged again. */
  constructor(offers?: Offers) {
    if (offers === undefined) return
    this.#classes = [...offers.classes]
    this.#numbers = new Map(offers.classes.map((grants, n) => [JSON.stringify(grants), n]))
    this.#classOf = [...offers.classOf]
    this.#firstDays = [...offers.firstDays]
    this.#untilDays = [...offers.untilDays]
    this.#recheckDays = [...offers.recheckDays]
  }

  /** Judges a work, by default the next one. */
  add(record: WorkRecord, date: CalendarDate, work: number = this.#classOf.length): void {
    const { grants, firstDay, untilDay, recheckDay } = offerOf(record, date)
    const key = JSON.stringify(grants)
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#classes.length
      this.#numbers.set(key, number)
      this.#classes.push(grants)
    }
    this.#classOf[work] = number
    this.#firstDays[work] = firstDay
    this.#untilDays[work] = untilDay
    this.#recheckDays[work] = recheckDay
  }

  /** All of them. */
  build(): Offers {
    return {
      classes: this.#classes,
      classOf: Uint32Array.from(this.#classOf),
      firstDays: Int32Array.from(this.#firstDays),
      untilDays: Int32Array.from(this.#untilDays),
      recheckDays: Int32Array.from(this.#recheckDays),
    }
  }
}
