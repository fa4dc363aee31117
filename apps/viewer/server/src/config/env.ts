import { LOG_LEVELS, type LogLevel } from '../log.ts'

/** What the surroundings ask of the viewer; nothing is decided here. */
export interface ViewerEnvironment {
  /** `MATINEE_LOG`: from which level on the log speaks. Undefined when it isn't set, or isn't a level. */
  readonly logLevel: LogLevel | undefined
}

/** Reads the environment's variables. */
export function readEnvironment(variables: NodeJS.ProcessEnv): ViewerEnvironment {
  return { logLevel: LOG_LEVELS.find((level) => level === variables['MATINEE_LOG']) }
}
