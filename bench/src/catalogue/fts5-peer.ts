/** The same searches by SQLite's own full-text index, as far as it goes: which works, in rank order; no facets, no typos. */
import { open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { type WorkRecord, foldText } from '@matinee/catalogue'

/** What the peer takes for the same. */
export interface PeerFigures {
  /** The version of SQLite. */
  readonly version: string
  readonly indexCpuMs: number
  /** All matching works, as a total and facets need them. */
  readonly allMs: readonly number[]
  /** The best 40 by bm25, and no total. */
  readonly rankedMs: readonly number[]
}

/** Indexes a made-up feed with FTS5 and runs the searches, all in this thread. */
export async function measureFts5(
  feed: string,
  database: string,
  texts: readonly string[],
): Promise<PeerFigures> {
  using db = new DatabaseSync(database)
  db.exec(`
    pragma journal_mode = off;
    pragma synchronous = off;
    create virtual table work using fts5 (titles, names, content = '', prefix = '2 3', tokenize = "unicode61 remove_diacritics 2")`)
  const indexCpuMs = await build(db, feed)
  const all = db.prepare('select rowid from work where work match ?')
  const ranked = db.prepare(
    'select rowid from work where work match ? order by bm25(work, 4, 1) limit 40',
  )
  const queries = texts.map(matchOf).filter((query) => query !== '')
  const timed = (run: (query: string) => unknown): number[] =>
    queries.map((query) => {
      const startMs = performance.now()
      run(query)
      return performance.now() - startMs
    })
  const version = String(db.prepare('select sqlite_version() as version').get()?.version)
  return {
    version: `SQLite ${version} FTS5`,
    indexCpuMs,
    allMs: timed((query) => all.all(query)),
    rankedMs: timed((query) => ranked.all(query)),
  }
}

async function build(db: DatabaseSync, feed: string): Promise<number> {
  const add = db.prepare('insert into work (rowid, titles, names) values (?, ?, ?)')
  let cpuMs = 0
  let number = 0
  db.exec('begin')
  await using file = await open(feed)
  for await (const line of file.readLines()) {
    const { title, translations, people } = JSON.parse(line) as WorkRecord
    const titles = [title.text, ...Object.values(translations).map((each) => each.title ?? '')]
    const before = process.cpuUsage()
    add.run(
      number++,
      foldText(titles.join(' ')),
      foldText(people.map(({ name }) => name).join(' ')),
    )
    const { user, system } = process.cpuUsage(before)
    cpuMs += (user + system) / 1000
  }
  db.exec('commit')
  return cpuMs
}

function matchOf(text: string): string {
  const words = foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map((word, index) => `"${word}"${index === words.length - 1 ? '*' : ''}`).join(' ')
}
