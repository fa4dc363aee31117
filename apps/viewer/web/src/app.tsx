import { useSyncExternalStore, type ReactNode } from 'react'
import type { Client } from './api/client.ts'
import { ClientProvider } from './api/client-context.tsx'
import type { Connection } from './api/connection-core.ts'
import { TabBar } from './design/tab-bar.tsx'
import { TopBar } from './design/top-bar.tsx'
import { useText } from './i18n/text.tsx'
import { useMedia } from './parts/media.ts'
import { FirstRun } from './pages/welcome/first-run.tsx'
import { PlayerHost, PlayerProvider } from './player/index.ts'
import { Routes } from './routing/routes.tsx'
import { SearchBox } from './search/search-box.tsx'
import { SessionGate } from './session/session-gate.tsx'

interface AppProps {
  readonly client: Client
  readonly connection: Connection
}

/** The pages, for those who are in, the one player over them, and a bar that says when the server is gone. */
export function App({ client, connection }: AppProps): ReactNode {
  const { say } = useText()
  const reach = useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.state,
  )
  return (
    <ClientProvider client={client}>
      <SessionGate client={client} connection={connection}>
        <FirstRun>
          <PlayerProvider host={<PlayerHost connection={connection} />}>
            <Bar />
            <Routes />
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

/** The field stands in the bar where there is room; elsewhere the glass leads to a page of its own. */
function Bar(): ReactNode {
  const hasRoom = useMedia('(min-width: 960px)')
  return <TopBar {...(hasRoom ? { search: <SearchBox /> } : {})} />
}
