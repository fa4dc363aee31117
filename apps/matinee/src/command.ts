/** What a sub-command is, and how it says that it was called wrongly. */

/** Where a command's words go. One JSON object a line with `--json`, sentences otherwise. */
export interface Screen {
  /** A line on standard output. */
  line(text: string): void
  /** One JSON object on standard output, in a line of its own. */
  event(event: Readonly<Record<string, unknown>>): void
  /** A line on standard error: what isn't the result. */
  note(text: string): void
  /** Whether lines can be written over. */
  readonly isTerminal: boolean
  /** A line that the next one overwrites; nothing unless {@link Screen.isTerminal}. */
  passing(text: string): void
}

/** One of the things that `matinee` does. */
export interface Command {
  /** The whole of `--help`. */
  readonly help: string
  /** Of a command that does several things: the `--help` of what the arguments name. */
  helpOf?(args: readonly string[]): Promise<string>
  /** Resolves with the exit code. Throws {@link UsageError} when it was called wrongly. */
  run(args: readonly string[], screen: Screen): Promise<number>
}

/** The caller's mistake, in one line: an unknown option, a file that is no torrent. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
}
