import { CastError } from '../cast-error.ts'

/** What is read of a stranger's JSON: fields by name, each of one kind or not there. Nothing of it becomes an object of ours. */
export class JsonFields {
  readonly #fields: Readonly<Record<string, unknown>>

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields
  }

  /** Throws {@link CastError} `nonsense` when the text is no JSON object. The caller has capped its length. */
  static parse(text: string): JsonFields {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (cause) {
      throw new CastError('nonsense', 'a payload that is no JSON', { cause })
    }
    if (!isObject(value)) throw new CastError('nonsense', 'a payload that is no object')
    return new JsonFields(value)
  }

  text(name: string): string | null {
    const value = this.#own(name)
    return typeof value === 'string' ? value : null
  }

  /** Finite. */
  number(name: string): number | null {
    const value = this.#own(name)
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  }

  boolean(name: string): boolean | null {
    const value = this.#own(name)
    return typeof value === 'boolean' ? value : null
  }

  object(name: string): JsonFields | null {
    const value = this.#own(name)
    return isObject(value) ? new JsonFields(value) : null
  }

  /** The objects of a list, at most 16. */
  objects(name: string): readonly JsonFields[] {
    const value = this.#own(name)
    if (!Array.isArray(value)) return []
    return value
      .slice(0, 16)
      .flatMap((each: unknown) => (isObject(each) ? new JsonFields(each) : []))
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
