import { useSyncExternalStore, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Client } from './api/client.ts'
import { ClientProvider } from './api/client-context.tsx'
import type { Connection } from './api/connection-core.ts'
import { useSettings } from './api/shelf-queries.ts'
import { Button } from './design/button.tsx'
import { EmptyState } from './design/empty-state.tsx'
import { TabBar } from './design/tab-bar.tsx'
import { TopBar } from './design/top-bar.tsx'
import { useText } from './i18n/text.tsx'
import { ProfileLink } from './parts/profile-link.tsx'
import { FaultBoundary } from './parts/fault-boundary.tsx'
import { useMedia } from './parts/media.ts'
import { FirstRun } from './pages/welcome/first-run.tsx'
import { PlayerHost, PlayerProvider, usePlayer } from './player/index.ts'
import { addresses } from './routing/addresses.ts'
import { Page } from './routing/page.tsx'
import { Routes } from './routing/routes.tsx'
import { SearchBox } from './search/search-box.tsx'
import { SessionGate } from './session/session-gate.tsx'

interface AppProps {
  readonly client: Client
  readonly connection: Connection
  /** Fetches what the page will need. Always the same function. */
  readonly ahead: () => void
}

/** The pages, for those who are in, the one player over them, and a bar that says when the server is gone. */
export function App({ client, connection, ahead }: AppProps): ReactNode {
  const { say } = useText()
  const reach = useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.state,
  )
  return (
    <ClientProvider client={client}>
      <SessionGate client={client} connection={connection} ahead={ahead}>
        <FirstRun>
          <PlayerProvider host={<SafePlayer connection={connection} />}>
            <Bar />
            <SafeRoutes />
            <TabBar />
          </PlayerProvider>
        </FirstRun>
      </SessionGate>
      <div role="status">
        {reach === 'lost' ? <p className="gone">{say('gone.note')}</p> : null}
      </div>
    </ClientProvider>
  )
}

/** A player that broke goes away; the page under it stays. */
function SafePlayer({ connection }: Pick<AppProps, 'connection'>): ReactNode {
  const { current } = usePlayer()
  return (
    <FaultBoundary place={String(current?.presses ?? 0)} fallback={null}>
      <PlayerHost connection={connection} />
    </FaultBoundary>
  )
}

/** A page that broke says so, and the others go on. Its code may have been replaced since it was loaded. */
function SafeRoutes(): ReactNode {
  const { say } = useText()
  const [location] = useLocation()
  return (
    <FaultBoundary
      place={location}
      fallback={
        <Page title={say('failed.heading')}>
          <EmptyState
            picture="beam"
            heading={say('failed.heading')}
            note={say('failed.note')}
            act={
              <Button onClick={() => globalThis.location.reload()}>{say('failed.again')}</Button>
            }
          />
        </Page>
      }
    >
      <Routes />
    </FaultBoundary>
  )
}

/** The field stands in the bar where there is room, but not over its own page; elsewhere the glass leads there. */
function Bar(): ReactNode {
  const [location] = useLocation()
  const hasRoom = useMedia('(min-width: 960px)') && location !== addresses.search
  const { data } = useSettings()
  return (
    <TopBar
      {...(hasRoom ? { search: <SearchBox /> } : {})}
      {...(data === undefined || data.profile.isAlone
        ? {}
        : { profile: <ProfileLink profile={data.profile} /> })}
    />
  )
}
