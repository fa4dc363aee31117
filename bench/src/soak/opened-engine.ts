import { openEngine, type Engine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork, type EgressNetwork } from '@matinee/net'

/** An engine on loopback with this machine's disk and time. */
export interface OpenedEngine extends AsyncDisposable {
  readonly engine: Engine
  readonly network: EgressNetwork
}

/** Opens one that keeps its files in `folder` and listens at a free port of 127.0.0.1. */
export async function openLoopbackEngine(folder: string): Promise<OpenedEngine> {
  const clock = systemClock()
  const network = createNetwork({ clock, allowLocal: true })
  const engine = await openEngine({
    clock,
    network,
    disk: systemDisk(),
    hash: systemHash(),
    random: systemRandom(),
    folder,
    host: '127.0.0.1',
  })
  return {
    engine,
    network,
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]()
      await network[Symbol.asyncDispose]()
    },
  }
}
