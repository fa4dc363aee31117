import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import type { Work } from '#api'
import { codeOf, type Client } from './api/client.ts'
import { ClientProvider } from './api/client-context.tsx'
import type { Connection } from './api/connection-core.ts'
import { useText } from './i18n/text.tsx'
import { HomePage } from './pages/home/home-page.tsx'
import { WorkPage } from './pages/work/work-page.tsx'
import { TopBar } from './parts/top-bar.tsx'
import { PlayerHost, PlayerProvider } from './player/index.ts'
import { SessionGate } from './session/session-gate.tsx'

// Shows the parts of the design; nothing of the first page needs it.
const DesignPage = lazy(async () => ({
  default: (await import('./pages/design/design-page.tsx')).DesignPage,
}))

interface AppProps {
  readonly client: Client
  readonly connection: Connection
}

/** The pages, for those who are in, and a bar that says when the server is gone. */
export function App({ client, connection }: AppProps): ReactNode {
  const { say } = useText()
  const reach = useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.state,
  )
  return (
    <ClientProvider client={client}>
      <SessionGate client={client} connection={connection}>
        <PlayerProvider host={<PlayerHost connection={connection} />}>
          <Pages client={client} />
        </PlayerProvider>
      </SessionGate>
      <div role="status">
        {reach === 'lost' ? <p className="gone">{say('gone.note')}</p> : null}
      </div>
    </ClientProvider>
  )
}

function Pages({ client }: { readonly client: Client }): ReactNode {
  const { say } = useText()
  const works = useQuery({ queryKey: ['works'], queryFn: () => client.works() })
  const { data, error } = works
  return (
    <>
      <TopBar />
      {data !== undefined ? (
        <Programme works={data} />
      ) : error !== null && codeOf(error) !== 'unreachable' ? (
        <main className="page missing" id="programme">
          <title>Matinee</title>
          <p className="lead">{say('failed.note')}</p>
          <button type="button" className="button" onClick={() => void works.refetch()}>
            {say('failed.again')}
          </button>
        </main>
      ) : (
        <main id="programme" />
      )}
    </>
  )
}

function Programme({ works }: { readonly works: readonly Work[] }): ReactNode {
  const [location] = useLocation()
  useEffect(() => {
    scrollTo({ top: 0 })
  }, [location])
  return (
    <Switch>
      <Route path="/">
        <HomePage works={works} />
      </Route>
      <Route path="/work/:id">
        {({ id }) => {
          const work = works.find((candidate) => candidate.id === id)
          return work === undefined ? <Missing /> : <WorkPage work={work} />
        }}
      </Route>
      <Route>
        <Missing />
      </Route>
    </Switch>
  )
}

function Missing(): ReactNode {
  const { say } = useText()
  return (
    <main className="page missing" id="programme">
      <title>{`${say('missing.heading')} · Matinee`}</title>
      <h1>{say('missing.heading')}</h1>
      <p className="lead">{say('missing.note')}</p>
      <Link href="/">{say('missing.back')}</Link>
    </main>
  )
}
