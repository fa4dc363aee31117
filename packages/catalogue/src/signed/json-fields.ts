import type { JsonObject, JsonValue } from '../json/json-pointer.ts'
import { isJsonList, isJsonObject } from '../json/json-pointer.ts'
import { type Sha256Text, parseSha256 } from '../name/hash-text.ts'
import { refuse } from './tuf-json.ts'

/**
 * Reads the fields of one object of TUF. Fields that nobody asks for are left alone: they are signed like all others, and
 * belong to newer writers (feed-format 10.2). Every call throws {@link TrustError}.
 */
export class JsonFields {
  readonly #file: string
  /** The object itself. */
  readonly given: JsonObject

  constructor(file: string, given: JsonObject) {
    this.#file = file
    this.given = given
  }

  /** Whether the field is there. */
  has(key: string): boolean {
    return Object.hasOwn(this.given, key)
  }

  /** A text. */
  text(key: string): string {
    const value = this.#take(key)
    return typeof value === 'string' ? value : this.#wrongType(key)
  }

  /** A number; every number of the file is whole and within ±(2^53 − 1). */
  number(key: string): number {
    const value = this.#take(key)
    return typeof value === 'number' ? value : this.#wrongType(key)
  }

  /** A number from `from`. */
  whole(key: string, from: number): number {
    const value = this.number(key)
    if (value < from) refuse(this.#file, 'value', `${key} is below ${from}`)
    return value
  }

  /** True or false. */
  truth(key: string): boolean {
    const value = this.#take(key)
    return typeof value === 'boolean' ? value : this.#wrongType(key)
  }

  /** An object, to be read field by field. */
  object(key: string): JsonFields {
    return new JsonFields(this.#file, this.#object(key))
  }

  /** The members of an object, at most `cap`. */
  members(key: string, cap: number): readonly (readonly [string, JsonFields])[] {
    const members = Object.entries(this.#object(key))
    if (members.length > cap)
      refuse(this.#file, 'too-many-items', `${key} has more than ${cap} members`)
    return members.map(([name, value]) => [name, this.#fields(key, value)])
  }

  /** A list of objects, at most `cap`. */
  objects(key: string, cap: number): readonly JsonFields[] {
    return this.#list(key, cap).map((value) => this.#fields(key, value))
  }

  /** A list of texts, at most `cap`, none twice. */
  texts(key: string, cap: number): readonly string[] {
    const texts = this.#list(key, cap).map((value) =>
      typeof value === 'string' ? value : this.#wrongType(key),
    )
    if (new Set(texts).size !== texts.length)
      refuse(this.#file, 'duplicate', `${key} says something twice`)
    return texts
  }

  /** feed-format 10.6: the SHA-256 under `hashes`; other algorithms may stand beside it. */
  sha256(): Sha256Text {
    return this.object('hashes').hash('sha256')
  }

  /** A SHA-256. */
  hash(key: string): Sha256Text {
    return parseSha256(this.text(key)) ?? refuse(this.#file, 'hash', `${key} is no SHA-256`)
  }

  /** feed-format 10.4: a moment, in milliseconds since 1970. */
  moment(key: string): number {
    const text = this.text(key)
    const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(text)
    const ms = isMoment ? Date.parse(text) : Number.NaN
    // Date.parse takes the 31st of a shorter month for a day of the next one.
    if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== text.slice(0, 19))
      refuse(this.#file, 'date', `${key} is no moment such as 2027-01-31T12:00:00Z`)
    return ms
  }

  #object(key: string): JsonObject {
    const value = this.#take(key)
    return isJsonObject(value) ? value : this.#wrongType(key)
  }

  #fields(key: string, value: JsonValue): JsonFields {
    return new JsonFields(this.#file, isJsonObject(value) ? value : this.#wrongType(key))
  }

  #list(key: string, cap: number): readonly JsonValue[] {
    const value = this.#take(key)
    if (!isJsonList(value)) return this.#wrongType(key)
    if (value.length > cap)
      refuse(this.#file, 'too-many-items', `${key} has more than ${cap} elements`)
    return value
  }

  #take(key: string): JsonValue {
    const value = this.has(key) ? this.given[key] : undefined
    return value ?? refuse(this.#file, 'missing-field', `${key} is missing`)
  }

  #wrongType(key: string): never {
    return refuse(this.#file, 'wrong-type', `${key} is of another type`)
  }
}
