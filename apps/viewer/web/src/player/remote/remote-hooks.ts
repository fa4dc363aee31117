import { useEffect, useRef } from 'react'
import type { Film } from '#api'
import type { Client } from '../../api/client.ts'
import { useClient } from '../../api/client-context.tsx'
import type { FilmCores } from '../film-cores.ts'
import { pageClock } from '../page-clock.ts'
import type { PlayerAct } from '../player-state.ts'
import { RemoteCore } from './remote-core.ts'
import { remoteServer } from './remote-server.ts'
import { actOfCommand, remoteStateOf } from './remote-words.ts'

/** One for the whole page: phones stay from an episode to the next, whose player is another. */
const cores = new WeakMap<Client, RemoteCore>()

/** The page's remote. */
export function useRemote(): RemoteCore {
  const client = useClient()
  const core = cores.get(client) ?? new RemoteCore(remoteServer(client.ask), pageClock)
  cores.set(client, core)
  return core
}

/** Lets phones work this player while it's there. */
export function useRemotePlayer(
  { core, desk }: FilmCores,
  film: Film | null,
  act: (act: PlayerAct) => void,
): void {
  const remote = useRemote()
  const now = useRef({ film, act })
  useEffect(() => {
    now.current = { film, act }
  })
  useEffect(() => {
    const state = () => remoteStateOf(now.current.film, core.state, desk.state)
    const leave = remote.attach({
      state,
      act(command) {
        const here = state()
        const asked = here === null ? null : actOfCommand(command, here)
        if (asked !== null) now.current.act(asked)
      },
    })
    const onHide = (): void => void remote.close()
    addEventListener('pagehide', onHide)
    return () => {
      removeEventListener('pagehide', onHide)
      leave()
    }
  }, [remote, core, desk])
}
