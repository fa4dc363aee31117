import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import { openEngine, type Engine, type EngineOptions } from '../src/index.ts'
import { systemClock, systemDisk, systemHash, systemRandom } from '../src/node/system.ts'

/** An engine on this machine's network, disk and time, that talks to loopback alone. */
export interface MachineEngine extends AsyncDisposable {
  readonly engine: Engine
  readonly network: EgressNetwork
}

/** Opens an engine at a free port of 127.0.0.1 that keeps its files in `folder`. */
export async function openMachineEngine(
  folder: string,
  options: Partial<EngineOptions> = {},
): Promise<MachineEngine> {
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
    ...options,
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

/** An empty folder that is removed at the end. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'matinee-engine-'))
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}
