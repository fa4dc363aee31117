import { UsageError } from './command.ts'
import { startProgram } from './program.ts'

/** Players that we know how to start. */
export const PLAYERS = ['vlc', 'mpv'] as const
export type PlayerName = (typeof PLAYERS)[number]

const ARGUMENTS: Readonly<Record<PlayerName, readonly string[]>> = {
  vlc: ['--play-and-exit'],
  mpv: ['--force-window=yes'],
}

/** A running player. Disposing it ends it. */
export interface Player extends AsyncDisposable {
  readonly ended: Promise<void>
}

/** Opens an address of ours in a player. Throws {@link UsageError} when it isn't installed. */
export async function startPlayer(name: PlayerName, url: string): Promise<Player> {
  try {
    const child = await startProgram(name, [...ARGUMENTS[name], url], 'ours')
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    return {
      ended,
      async [Symbol.asyncDispose]() {
        if (child.exitCode === null && child.signalCode === null) child.kill()
      },
    }
  } catch (error) {
    throw new UsageError(`${name} can't be started; is it installed?`, { cause: error })
  }
}
