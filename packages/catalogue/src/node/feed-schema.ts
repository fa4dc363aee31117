/** Raised whenever something in a feed's file, in a segment or in a summary means something else than before. */
export const SCHEMA_VERSION = 6
/** "Matn". */
export const APPLICATION_ID = 0x4d61746e
/** Of SQLite, in a feed's file. */
export const PAGE_BYTES = 8192

/** What a feed's file holds. In `pending` are numbers of works that changed after the parts were written. */
export const TABLES = `
  create table part (name text primary key, bytes blob not null, checksum integer not null) strict;
  create table work (number integer primary key, id text not null, record text not null, checksum integer not null) strict;
  create table summary (number integer primary key, json text not null, checksum integer not null) strict;
  create table person (number integer primary key, key text not null, spellings text not null, checksum integer not null) strict;
  create table pending (number integer primary key) strict;`

/** Made when all rows are there. */
export const INDEXES = `
  create unique index work_by_id on work (id);
  create unique index person_by_key on person (key);`
