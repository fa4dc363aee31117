import type { LinkPlaces } from '../src/links/link-places.ts'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import { systemClock } from '@matinee/engine/system'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

/** Two ports for datagrams that are free now. */
export async function freePorts(): Promise<readonly [number, number]> {
  const sockets = [createSocket('udp4'), createSocket('udp4')] as const
  for (const socket of sockets) {
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
  }
  const [first, second] = sockets.map((socket) => socket.address().port)
  for (const socket of sockets) socket.close()
  return [first ?? 0, second ?? 0]
}

/** A home network on loopback: one hears at the one port and asks at the other. */
export function placesAt(hear: number, ask: number): LinkPlaces {
  return {
    hosts: () => ['127.0.0.1'],
    mayBeOther: (host) => host === '127.0.0.1',
    ports: [0],
    hear: { host: '127.0.0.1', port: hear },
    ask: { host: '127.0.0.1', port: ask },
  }
}

/** A network that may be used on loopback. */
export function loopbackNetwork(): EgressNetwork {
  return createNetwork({ clock: systemClock(), allowLocal: true })
}

/** Two installations that could be linked. */
export async function openTwoViewers(): Promise<
  AsyncDisposable & {
    readonly here: CatalogueViewer
    readonly there: CatalogueViewer
    /** What `here` has open for others. */
    readonly openHere: () => readonly string[]
  }
> {
  const [one, other] = await freePorts()
  await using opened = new AsyncDisposableStack()
  const networks = [opened.use(loopbackNetwork()), opened.use(loopbackNetwork())] as const
  const open = async (network: EgressNetwork, linkPlaces: LinkPlaces): Promise<CatalogueViewer> => {
    return opened.use(await openCatalogueViewer({ feed: 'starter', network, linkPlaces }))
  }
  const here = await open(networks[0], placesAt(one, other))
  const there = await open(networks[1], placesAt(other, one))
  const rest = opened.move()
  const openHere = (): string[] => networks[0].openNow().map(({ kind }) => kind)
  return { here, there, openHere, [Symbol.asyncDispose]: () => rest.disposeAsync() }
}
