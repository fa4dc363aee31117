/**
 * How many people this computer was a cinema for, day by day. Nothing about who they were is written anywhere: addresses are
 * only told apart within a day, by a hash with a salt that is forgotten with the day and never leaves the memory.
 */
import { MIB, concatBytes, toHex, utf8Bytes, type Hash, type Random } from '@matinee/base'
import type { AudienceDay } from './kept-file.ts'

/** Who got less took a look, and wasn't in the cinema. */
export const LEAST_GIVEN_BYTES = MIB
/** People who are told apart in a day: beyond that the count says less than there were. */
const MOST_PEOPLE = 20_000
const SALT_BYTES = 16
const WEEK_DAYS = 7
const DAY_MS = 86_400_000

/** Counts those who were given at least {@link LEAST_GIVEN_BYTES} in a day, each address once. */
export class Audience {
  readonly #hash: Hash
  readonly #random: Random
  #day = ''
  #salt: Uint8Array
  #given = new Map<string, number>()

  constructor(hash: Hash, random: Random) {
    this.#hash = hash
    this.#random = random
    this.#salt = random.bytes(SALT_BYTES)
  }

  /** So much was sent to an address on a day. True = that makes one more person of that day. */
  note(host: string, bytes: number, day: string): boolean {
    if (day !== this.#day) this.forget(day)
    const who = toHex(this.#hash.sha256(concatBytes([this.#salt, utf8Bytes(host)])))
    const before = this.#given.get(who)
    if (before === undefined && this.#given.size >= MOST_PEOPLE) return false
    const after = (before ?? 0) + bytes
    this.#given.set(who, after)
    return (before ?? 0) < LEAST_GIVEN_BYTES && after >= LEAST_GIVEN_BYTES
  }

  /** From here on nobody is known, and the salt is another one. */
  forget(day = ''): void {
    this.#day = day
    this.#salt = this.#random.bytes(SALT_BYTES)
    this.#given = new Map()
  }
}

/** `YYYY-MM-DD`, as a calendar on the wall here says. */
export function dayOf(wallMs: number): string {
  const now = new Date(wallMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(now.getFullYear()).padStart(4, '0')}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** One more person on a day. */
export function withOneMore(days: readonly AudienceDay[], day: string): readonly AudienceDay[] {
  const known = days.find((each) => each.day === day)
  const others = days.filter((each) => each !== known)
  return [...others, { day, people: (known?.people ?? 0) + 1 }].toSorted((a, b) =>
    a.day < b.day ? -1 : 1,
  )
}

/** The last seven days up to today, the oldest first; days without anybody have 0. */
export function lastWeek(days: readonly AudienceDay[], wallMs: number): readonly AudienceDay[] {
  return Array.from({ length: WEEK_DAYS }, (_, at) => {
    const noon = new Date(wallMs)
    noon.setHours(12, 0, 0, 0)
    const day = dayOf(noon.getTime() - (WEEK_DAYS - 1 - at) * DAY_MS)
    return { day, people: days.find((each) => each.day === day)?.people ?? 0 }
  })
}
