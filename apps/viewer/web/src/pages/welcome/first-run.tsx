import { Suspense, lazy, type ReactNode } from 'react'
import { codeOf } from '../../api/request.ts'
import { useSettings } from '../../api/shelf-queries.ts'
import { openLaterStrings } from '../../i18n/catalogue-parts.ts'
import { enterRoom, chosenRoom } from '../../style/room.ts'

const WhoPage = lazy(async () => {
  const [page] = await Promise.all([import('../profiles/who-page.tsx'), openLaterStrings()])
  return { default: page.WhoPage }
})
const WelcomePage = lazy(async () => {
  const [page] = await Promise.all([import('./welcome-page.tsx'), openLaterStrings()])
  return { default: page.WelcomePage }
})

enterRoom(chosenRoom())

/** The pages, once it's known who watches and what a swarm may see; before that, the first run. */
export function FirstRun({ children }: { readonly children: ReactNode }): ReactNode {
  const { data, error } = useSettings()
  if (data === undefined && codeOf(error) === 'no-profile')
    return (
      <Suspense fallback={<main id="programme" />}>
        <WhoPage isGate />
      </Suspense>
    )
  // Nothing that opens a film may be reached before it's known whether a swarm is wanted.
  if (data === undefined) return <main id="programme" />
  if (data.isSettled) return children
  return (
    <Suspense fallback={<main id="programme" />}>
      <WelcomePage answer={data} />
    </Suspense>
  )
}
