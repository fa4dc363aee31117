import { isIP } from 'node:net'
import { NetworkError, sleep } from '@matinee/base'
import type { SimHost } from './sim-host.ts'
import type { SimNetwork } from './sim-network.ts'

/** Looks a name up in the network's table, after the time a name server would take. */
export async function resolveName(
  sim: SimNetwork,
  host: SimHost,
  name: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (isIP(name) !== 0) return [name]
  sim.record({ kind: 'resolve', from: host.address, to: name, learnedFrom: null, isRefused: false })
  await sleep(sim.clock, host.resolveMs, signal)
  const addresses = sim.names.get(name.toLowerCase())
  if (host.isCutOff || addresses === undefined || addresses.length === 0) {
    throw new NetworkError('name-not-found', `no address for ${name}`)
  }
  return addresses
}
