import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where Matinee keeps what it knows and fetches, by the customs of the system. Absolute. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Matinee')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Matinee')
  // XDG Base Directory: a relative path there is to be ignored.
  const data = environment['XDG_DATA_HOME']
  return join(data?.startsWith('/') === true ? data : join(home, '.local', 'share'), 'matinee')
}

/** The folder that an option names, or the default. Absolute. */
export function readFolder(option: string | undefined, otherwise: string): string {
  return option === undefined ? otherwise : resolve(option)
}
