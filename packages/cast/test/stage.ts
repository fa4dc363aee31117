import { SILENT_LOG, type Clock } from '@matinee/base'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import type { DiscoveryPlaces } from '../src/discovery/screen-search.ts'
import { ScreenSearch } from '../src/discovery/screen-search.ts'
import type { FoundScreen } from '../src/screen.ts'

/** Time as it passes. */
export const REAL_CLOCK: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}

/** An egress that reaches loopback, where the fakes are. */
export function openLocalNetwork(): EgressNetwork {
  return createNetwork({ clock: REAL_CLOCK, allowLocal: true })
}

/** Nobody answers there. */
export const NOWHERE = { host: '127.0.0.1', port: 9 }

/** Looks for screens on loopback. The caller opens and disposes it. */
export function searchOnLoopback(
  network: EgressNetwork,
  places: Partial<DiscoveryPlaces>,
): ScreenSearch {
  return new ScreenSearch({
    network,
    clock: REAL_CLOCK,
    log: SILENT_LOG,
    hosts: ['127.0.0.1'],
    places: { mdns: NOWHERE, ssdp: NOWHERE, ...places },
    mayBeScreen: (host) => host === '127.0.0.1',
  })
}

/** The first screen that is found. Throws when there is none after two seconds. */
export async function firstFound(
  network: EgressNetwork,
  places: Partial<DiscoveryPlaces>,
): Promise<FoundScreen> {
  await using search = searchOnLoopback(network, places)
  await search.open()
  await until(() => search.screens.length > 0, 'a screen is found')
  const [screen] = search.screens
  if (screen === undefined) throw new Error('none')
  return screen
}

/** Waits until something is so. Throws after five seconds. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`waited in vain until ${what}`)
}
