import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { codeOf, type Client } from '../api/client.ts'
import type { Connection } from '../api/connection-core.ts'
import { SETTINGS_KEY } from '../api/shelf-queries.ts'
import { useText } from '../i18n/text.tsx'
import { Wordmark } from '../design/wordmark.tsx'
import { enterSession, launchCode, type SessionState, type TokenKeeper } from './session-core.ts'
import './session-gate.css'

const TOKEN_KEY = 'matinee.token'

/** The token in this browser's localStorage. */
export const tokenKeeper: TokenKeeper = {
  get: () => localStorage.getItem(TOKEN_KEY),
  set(token) {
    if (token === null) localStorage.removeItem(TOKEN_KEY)
    else localStorage.setItem(TOKEN_KEY, token)
  },
}

/** The launch code of the address, out of which it is taken at once: no history and no bookmark keeps it. */
function takeCode(): string | null {
  const taken = launchCode(location.hash)
  if (taken !== null) history.replaceState(null, '', location.pathname + location.search)
  return taken
}

// Before anything else reads the address.
const firstCode = takeCode()

/** Shows the pages to those who are in, and to everybody else how to get in. */
export function SessionGate({
  client,
  connection,
  ahead,
  children,
}: {
  readonly client: Client
  readonly connection: Connection
  /** Fetches what the page will need, as soon as there is a token that may be good. */
  readonly ahead: () => void
  readonly children: ReactNode
}): ReactNode {
  const queries = useQueryClient()
  const [state, setState] = useState<SessionState>({ kind: 'entering' })
  useEffect(() => {
    let isOver = false
    let code = firstCode
    const enter = (): void => {
      const mayBeIn = code === null && tokenKeeper.get() !== null
      enterSession(code, {
        keeper: tokenKeeper,
        enter: (launch) => client.enter(launch),
        tryToken: async () => queries.setQueryData(SETTINGS_KEY, await client.settings()),
        codeOf,
      }).then(
        (entered) => {
          if (isOver) return
          if (entered.kind === 'in') ahead()
          setState(entered)
        },
        () => connection.lost(),
      )
      // Behind the question that decides.
      if (mayBeIn) ahead()
    }
    enter()
    // The launch address in a tab that shows a page already changes the fragment and loads nothing.
    const enterAnew = (): void => {
      const next = takeCode()
      if (next === null) return
      code = next
      enter()
    }
    addEventListener('hashchange', enterAnew)
    const unsubscribe = connection.subscribe(() => {
      if (connection.state === 'reached') enter()
    })
    return () => {
      isOver = true
      removeEventListener('hashchange', enterAnew)
      unsubscribe()
    }
  }, [client, connection, ahead, queries])
  switch (state.kind) {
    case 'entering':
      return null
    case 'in':
      return children
    case 'out':
      return <ClosedDoors why={state.why} />
  }
}

function ClosedDoors({ why }: { readonly why: 'launch-code' | 'no-session' }): ReactNode {
  const { say } = useText()
  return (
    <div className="doors">
      <title>Matinee</title>
      <div className="doors-picture" aria-hidden="true">
        <svg viewBox="0 0 540 868" preserveAspectRatio="xMidYMin slice">
          <path d="M92-20 224 627h278z" className="doors-beam" />
          <path d="M92-20 502 627l60 90V560z" className="doors-shade" />
          <path d="M0 627h540v241H0z" className="doors-floor" />
          <path d="M224 627h278l110 106H318z" className="doors-light" />
        </svg>
      </div>
      <main className="doors-words">
        <Wordmark />
        <p className="note">{say('app.tagline')}</p>
        <h1>{say('out.heading')}</h1>
        <p className="lead">{say(why === 'launch-code' ? 'out.launch-code' : 'out.no-session')}</p>
      </main>
    </div>
  )
}
