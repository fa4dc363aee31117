import type { ReactNode } from 'react'
import { codeOf } from '../../api/request.ts'
import { useSettings } from '../../api/shelf-queries.ts'
import { later } from '../../parts/later.tsx'
import { enterRoom, chosenRoom } from '../../style/room.ts'

const EMPTY = <main id="programme" />
const OPTIONS = { meanwhile: EMPTY, hasWords: true }
const WhoPage = later(async () => (await import('../profiles/who-page.tsx')).WhoPage, OPTIONS)
const WelcomePage = later(async () => (await import('./welcome-page.tsx')).WelcomePage, OPTIONS)

enterRoom(chosenRoom())

/** The pages, once it's known who watches and what a swarm may see; before that, the first run. */
export function FirstRun({ children }: { readonly children: ReactNode }): ReactNode {
  const { data, error } = useSettings()
  if (data === undefined && codeOf(error) === 'no-profile') return <WhoPage isGate />
  // Nothing that opens a film may be reached before it's known whether a swarm is wanted.
  if (data === undefined) return EMPTY
  return data.isSettled ? children : <WelcomePage answer={data} />
}
