/** Version of the tables below, as `user_version`. */
export const SHELF_VERSION = 1

/** A table that came later: an older Matinee that opens the shelf leaves it as it is. */
export const IDENTITY_TABLE = `
  CREATE TABLE IF NOT EXISTS identity (
    work TEXT PRIMARY KEY,
    identities TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`

/** An empty `episode` is the film of a work that has no episodes: NULL is equal to nothing in SQL. */
export const SHELF_TABLES = `
  CREATE TABLE progress (
    work TEXT NOT NULL,
    episode TEXT NOT NULL,
    seconds REAL NOT NULL,
    duration_seconds REAL NOT NULL,
    watched INTEGER NOT NULL,
    title TEXT NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (work, episode)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX progress_by_time ON progress (changed_at_ms);
  CREATE TABLE favourite (
    work TEXT PRIMARY KEY,
    added_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE list (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE list_work (
    list INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE,
    work TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (list, work)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    work TEXT NOT NULL,
    episode TEXT NOT NULL,
    title TEXT NOT NULL,
    watched_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX history_by_time ON history (watched_at_ms);
  CREATE INDEX history_by_film ON history (work, episode, watched_at_ms);
`
