import { createContext, use, type ReactNode } from 'react'
import type { Client } from './client.ts'

const ClientContext = createContext<Client | null>(null)

/** Gives the server to the components inside. */
export function ClientProvider({
  client,
  children,
}: {
  readonly client: Client
  readonly children: ReactNode
}): ReactNode {
  return <ClientContext value={client}>{children}</ClientContext>
}

/** The server. Only inside a {@link ClientProvider}. */
export function useClient(): Client {
  const client = use(ClientContext)
  if (client === null) throw new Error('bug: no ClientProvider around this component')
  return client
}
