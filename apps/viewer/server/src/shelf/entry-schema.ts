/**
 * What a shelf remembers for other devices of its owner: each thing with the time of its last word, also when it's gone. An
 * older Matinee that opens the file leaves this as it is, and what it changed meanwhile is taken up below.
 */
export const ENTRY_TABLE = `
  CREATE TABLE IF NOT EXISTS entry (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    value TEXT,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
`

/** A name for each sitting that says nothing of it. Once in the life of a file. */
export const SITTING_NAMES = `
  ALTER TABLE history ADD COLUMN uid TEXT NOT NULL DEFAULT '';
`

/** Entries of what has none yet. A list has no time of its own: any later word about it, from anywhere, holds. */
export const MISSING_ENTRIES = `
  UPDATE history SET uid = lower(hex(randomblob(16))) WHERE uid = '';
  INSERT OR IGNORE INTO entry
    SELECT 'favourite', json_array(work), added_at_ms, json_object('addedAtMs', added_at_ms) FROM favourite;
  INSERT OR IGNORE INTO entry SELECT 'list', json_array(name), 1, '{}' FROM list;
  INSERT OR IGNORE INTO entry SELECT 'listed', json_array(list.name, work), 1, json_object('place', place)
    FROM list_work JOIN list ON list.id = list_work.list;
  INSERT OR IGNORE INTO entry SELECT 'sitting', json_array(uid), watched_at_ms,
    json_object('workId', work, 'episodeId', episode, 'title', title, 'watchedAtMs', watched_at_ms) FROM history;
`

const SITTING = `INSERT OR REPLACE INTO entry VALUES ('sitting', json_array(NEW.uid), entry_ms(),
  json_object('workId', NEW.work, 'episodeId', NEW.episode, 'title', NEW.title, 'watchedAtMs', NEW.watched_at_ms));`

/**
 * Keeps the entries while this connection is open, so that no act on a shelf can forget to. `entry_ms()` is the shelf's own
 * clock.
 */
export const ENTRY_TRIGGERS = `
  CREATE TEMP TRIGGER favourite_added AFTER INSERT ON main.favourite BEGIN
    INSERT OR REPLACE INTO entry VALUES ('favourite', json_array(NEW.work), entry_ms(),
      json_object('addedAtMs', NEW.added_at_ms));
  END;
  CREATE TEMP TRIGGER favourite_removed AFTER DELETE ON main.favourite BEGIN
    INSERT OR REPLACE INTO entry VALUES ('favourite', json_array(OLD.work), entry_ms(), NULL);
  END;
  CREATE TEMP TRIGGER list_added AFTER INSERT ON main.list BEGIN
    INSERT OR REPLACE INTO entry VALUES ('list', json_array(NEW.name), entry_ms(), '{}');
  END;
  CREATE TEMP TRIGGER list_removed BEFORE DELETE ON main.list BEGIN
    INSERT OR REPLACE INTO entry SELECT 'listed', json_array(OLD.name, work), entry_ms(), NULL
      FROM list_work WHERE list = OLD.id;
    INSERT OR REPLACE INTO entry VALUES ('list', json_array(OLD.name), entry_ms(), NULL);
  END;
  CREATE TEMP TRIGGER list_renamed AFTER UPDATE OF name ON main.list WHEN OLD.name <> NEW.name BEGIN
    INSERT OR REPLACE INTO entry SELECT 'listed', json_array(OLD.name, work), entry_ms(), NULL
      FROM list_work WHERE list = OLD.id;
    INSERT OR REPLACE INTO entry VALUES ('list', json_array(OLD.name), entry_ms(), NULL);
    INSERT OR REPLACE INTO entry VALUES ('list', json_array(NEW.name), entry_ms(), '{}');
    INSERT OR REPLACE INTO entry SELECT 'listed', json_array(NEW.name, work), entry_ms(), json_object('place', place)
      FROM list_work WHERE list = OLD.id;
  END;
  CREATE TEMP TRIGGER listed_added AFTER INSERT ON main.list_work BEGIN
    INSERT OR REPLACE INTO entry SELECT 'list', json_array(name), entry_ms(), '{}' FROM list WHERE id = NEW.list;
    INSERT OR REPLACE INTO entry SELECT 'listed', json_array(name, NEW.work), entry_ms(),
      json_object('place', NEW.place) FROM list WHERE id = NEW.list;
  END;
  CREATE TEMP TRIGGER listed_removed AFTER DELETE ON main.list_work BEGIN
    INSERT OR REPLACE INTO entry SELECT 'listed', json_array(name, OLD.work), entry_ms(), NULL
      FROM list WHERE id = OLD.list;
  END;
  CREATE TEMP TRIGGER sitting_named AFTER INSERT ON main.history WHEN NEW.uid = '' BEGIN
    UPDATE history SET uid = lower(hex(randomblob(16))) WHERE id = NEW.id;
  END;
  CREATE TEMP TRIGGER sitting_brought AFTER INSERT ON main.history WHEN NEW.uid <> '' BEGIN ${SITTING} END;
  CREATE TEMP TRIGGER sitting_changed AFTER UPDATE ON main.history BEGIN ${SITTING} END;
  CREATE TEMP TRIGGER sitting_forgotten AFTER DELETE ON main.history BEGIN
    INSERT OR REPLACE INTO entry VALUES ('sitting', json_array(OLD.uid), entry_ms(), NULL);
  END;
`
