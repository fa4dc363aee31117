import type { CatalogueCode, CatalogueError } from '../catalogue-error.ts'

/** What may be wrong with a feed besides the contents of one file: codes of docs/feed-format.md. */
export type FeedCode =
  | 'no-manifest'
  | 'manifest-hash'
  | 'stray-file'
  | 'record-missing'
  | 'record-hash'
  | 'record-id'
  | 'not-offerable'
  | 'image-missing'
  | 'image-hash'
  | 'image-too-large'
  | 'image-type'
  | 'image-animated'
  | 'image-size'
  | 'sources-missing'
  | 'sources-hash'
  | 'unsourced-field'

/** One thing that is wrong with a feed. */
export interface FeedProblem {
  /** The file's name in the feed's folder. */
  readonly file: string
  readonly code: FeedCode | CatalogueCode
  /** JSON Pointer into the file; empty for the file as a whole. */
  readonly at: string
  /** One clause for people. */
  readonly why: string
}

/** What was wrong with one file, as problems of its feed. */
export function problemsIn(file: string, { problems }: CatalogueError): FeedProblem[] {
  return problems.map((problem) => ({ file, ...problem }))
}

/** A problem with a file as a whole. */
export function fileProblem(file: string, code: FeedCode, why: string): FeedProblem {
  return { file, code, at: '', why }
}
