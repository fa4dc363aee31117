import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'

/** A row, by the names of its columns. */
export type SqlRow = Readonly<Record<string, SQLOutputValue>>

/** The statements of one SQLite file; each is prepared once. All throw what SQLite throws. */
export class SqlFile {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()

  /** Owns `database` from now on. */
  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Everything that `act` writes, or nothing. */
  transaction<Result>(act: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = act()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Rows that were changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes)
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly SqlRow[] {
    return this.#prepared(sql).all(...values)
  }

  /** The first row, or null. */
  one(sql: string, ...values: readonly SQLInputValue[]): SqlRow | null {
    return this.#prepared(sql).get(...values) ?? null
  }

  close(): void {
    this.#database.close()
  }

  #prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
