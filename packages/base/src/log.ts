/** A fact for a log: never a sentence built from parts, no secrets, no whole IP address at info. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Where packages report what they did. Silent unless an app gives a real one. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const nothing = (): void => {}

/** A log that keeps nothing. */
export const SILENT_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
