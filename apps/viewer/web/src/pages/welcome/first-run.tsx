import { Suspense, lazy, type ReactNode } from 'react'
import { useSettings } from '../../api/shelf-queries.ts'
import { enterRoom, chosenRoom } from '../../style/room.ts'

const WelcomePage = lazy(async () => ({
  default: (await import('./welcome-page.tsx')).WelcomePage,
}))

enterRoom(chosenRoom())

/** The pages, once the viewer has decided what a swarm may see; before that, the first run. */
export function FirstRun({ children }: { readonly children: ReactNode }): ReactNode {
  const { data } = useSettings()
  // Nothing that opens a film may be reached before it's known whether a swarm is wanted.
  if (data === undefined) return <main id="programme" />
  if (data.isSettled) return children
  return (
    <Suspense fallback={<main id="programme" />}>
      <WelcomePage answer={data} />
    </Suspense>
  )
}
