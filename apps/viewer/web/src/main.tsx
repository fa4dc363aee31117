import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { CatalogueWait, showsWorks } from './api/catalogue-wait.ts'
import { codeOf, createClient } from './api/client.ts'
import { SETTINGS_KEY } from './api/shelf-queries.ts'
import { Connection } from './api/connection-core.ts'
import { App } from './app.tsx'
import { TextProvider, openFirstCatalogue } from './i18n/text.tsx'
import { fetchTonightAhead } from './pages/home/tonight-ahead.ts'
import { onOtherProfile } from './session/own-key.ts'
import { tokenKeeper } from './session/session-gate.tsx'
import { beginScreen } from './tv/tv-mode.ts'
import '@fontsource-variable/bricolage-grotesque/wdth.css'
import '@fontsource-variable/hanken-grotesk/index.css'
import '@fontsource-variable/newsreader/index.css'
import '@fontsource-variable/newsreader/wght-italic.css'
import './style/tokens.css'
import './style/base.css'

// The policy of the pages forbids what zod would compile.
z.config({ jitless: true })

const wait = new CatalogueWait({
  askAgain: () =>
    void queries.invalidateQueries({ predicate: ({ queryKey }) => showsWorks(queryKey) }),
  after: (delayMs, run) => void setTimeout(run, delayMs),
})
const client = createClient(
  () => tokenKeeper.get(),
  undefined,
  () => wait.heard(),
)
const connection = new Connection({
  health: () => client.health(),
  after: (delayMs, run) => void setTimeout(run, delayMs),
})
const queries = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      if (codeOf(error) === 'unreachable') connection.lost()
      // Revoked while the page was open: the gate says how to get in.
      if (codeOf(error) === 'no-session') {
        tokenKeeper.set(null)
        location.reload()
      }
      // Matinee was started again, or a grown-up dismissed this browser: it asks who watches.
      if (codeOf(error) === 'no-profile' && queries.getQueryData(SETTINGS_KEY) !== undefined)
        location.reload()
    },
  }),
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, networkMode: 'always' } },
})
connection.subscribe(() => {
  if (connection.state === 'reached') void queries.invalidateQueries()
})

beginScreen()
onOtherProfile(() => location.assign('/'))

const root = document.querySelector('#root')
// NOTE: no await at the top level: the pages would be cut into a hundred files to be able to wait for this one.
void openFirstCatalogue().then((catalogue) => {
  const ahead = (): void => fetchTonightAhead(queries, client, catalogue.language)
  if (root !== null)
    createRoot(root).render(
      <QueryClientProvider client={queries}>
        <TextProvider first={catalogue}>
          <App client={client} connection={connection} ahead={ahead} />
        </TextProvider>
      </QueryClientProvider>,
    )
})
