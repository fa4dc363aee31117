/** Why a file of a feed is refused: the codes of docs/feed-format.md. Stable. */
export type CatalogueCode =
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'too-deep'
  | 'too-many-values'
  | 'duplicate-key'
  | 'key'
  | 'not-unicode'
  | 'type'
  | 'version'
  | 'envelope'
  | 'missing-field'
  | 'unknown-field'
  | 'wrong-type'
  | 'value'
  | 'text-empty'
  | 'text-too-long'
  | 'too-many-items'
  | 'link'
  | 'path'
  | 'id'
  | 'language'
  | 'country'
  | 'scope'
  | 'date'
  | 'hash'
  | 'span'
  | 'kind'
  | 'duplicate'
  | 'reference'

/** One thing that is wrong with a file. */
export interface CatalogueProblem {
  readonly code: CatalogueCode
  /** JSON Pointer (RFC 6901) of the field; empty for the file as a whole. */
  readonly at: string
  /** One clause for people, without the offending value. */
  readonly why: string
}

/** Thrown when a file isn't what docs/feed-format.md describes. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError'
  /** The first problem's code. */
  readonly code: CatalogueCode
  /** Everything found before reading stopped; at least one. */
  readonly problems: readonly CatalogueProblem[]

  constructor(first: CatalogueProblem, ...others: readonly CatalogueProblem[]) {
    super(`${first.at === '' ? 'the file' : first.at}: ${first.why}`)
    this.code = first.code
    this.problems = [first, ...others]
  }
}
