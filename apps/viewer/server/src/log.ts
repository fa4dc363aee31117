import type { Log, LogFields } from '@matinee/base'

/** From the most to the least that is said. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
/** From which weight on a log speaks. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * A log of one JSON object a line, on standard error unless `write` says otherwise. Default level: `warn`.
 * Callers give facts only: no tokens, no codes, no whole IP addresses.
 */
export function openLog(
  level: LogLevel = 'warn',
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Log {
  const least = LOG_LEVELS.indexOf(level)
  const at =
    (own: LogLevel) =>
    (event: string, fields?: LogFields): void => {
      if (LOG_LEVELS.indexOf(own) < least) return
      write(`${JSON.stringify({ level: own, event, ...fields })}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
