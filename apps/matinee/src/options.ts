import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { UsageError } from './command.ts'

/** What `parseArgs` makes of options declared so. */
type Parsed<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>

/** Reads a command's arguments. Throws {@link UsageError} in words for people. */
export function readOptions<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
): Parsed<T> {
  const parsed = parse(args, options)
  // What a shell makes of a variable that isn't set; as a path it would be the folder we are in.
  if (parsed.positionals.includes('')) throw new UsageError('an argument is empty')
  for (const [name, value] of Object.entries(parsed.values))
    if (value === '' || (Array.isArray(value) && value.includes('')))
      throw new UsageError(`--${name} needs a value`)
  return parsed
}

function parse<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(reasonOf(error), { cause: error })
  }
}

/** A TCP port from an option. Throws {@link UsageError}. */
export function readPort(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readPortOf('--port', text)
}

/** The same of another option, which has a default. Throws {@link UsageError}. */
export function readPortOf(option: string, text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError(`${option} ${text} is not a number from 0 to 65535`)
  return port
}

/** Bytes a second from `--upload-limit`, which is in kilobytes; `null` = no limit. Throws {@link UsageError}. */
export function readUploadLimit(text: string | undefined): number | null {
  if (text === undefined) return null
  const limit = /^[1-9]\d{0,6}$/u.test(text) ? Number(text) : Number.NaN
  if (!(limit > 0)) throw new UsageError(`--upload-limit ${text} is not a number from 1 on`)
  return limit * 1000
}

/** `values[0]`, when there is exactly one. Throws {@link UsageError} that says what is missing. */
export function readOnly(values: readonly string[], what: string): string {
  const [value, extra] = values
  if (value === undefined) throw new UsageError(`${what} is missing`)
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  return value
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const option = /'(-[^' ]*)/u.exec(text)?.[1] ?? 'an option'
  switch (error instanceof Error && 'code' in error ? error.code : '') {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `there is no option ${option}`
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      if (text.includes('does not take an argument')) return `${option} takes no value`
      return text.includes('ambiguous')
        ? `${option} needs a value; write ${option}=-… for one that begins with "-"`
        : `${option} needs a value`
    default:
      return text.replaceAll(/\s+/gu, ' ')
  }
}
