import type { ShelfDatabase } from './shelf-database.ts'

/** What a shelf can be asked. */
export type ShelfAct = Exclude<keyof ShelfDatabase, 'close'>

/** A question to the shelf's worker. */
export interface ShelfCall<Act extends ShelfAct = ShelfAct> {
  readonly kind: 'call'
  readonly id: number
  readonly act: Act
  readonly input: Parameters<ShelfDatabase[Act]>
}

/** What the main thread says to the shelf's worker. */
export type ShelfOrder = ShelfCall | { readonly kind: 'close' }

/**
 * What the shelf's worker says: first `opened`, then an answer to each call, in their order; or only `newer`, when a newer
 * Matinee wrote the file.
 */
export type ShelfAnswer =
  | { readonly kind: 'newer' }
  | { readonly kind: 'opened'; readonly setAside: string | null }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  /** `code` is SQLite's primary result code, 0 = the failure is none of SQLite's. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: number; readonly reason: string }
