import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Clock } from '@matinee/base'
import { createNetwork } from '@matinee/net'
import { PoliteWeb } from '../../src/harvest/fetch/polite-web.ts'
import { openArchiveServer, type ArchiveServer } from './archive-server.ts'
import { quickClock } from './quick-clock.ts'

/** A server, a folder, and the way from one to the other. */
export interface HarvestStage {
  readonly server: ArchiveServer
  readonly folder: string
  readonly web: PoliteWeb
  readonly clock: Clock
  /** As a new run would: nothing is remembered of hosts. */
  readonly newWeb: () => PoliteWeb
}

/** Pauses of a second and a half are 30 ms. */
const FACTOR = 50

export async function openHarvestStage(t: TestContext): Promise<HarvestStage> {
  const server = await openArchiveServer()
  const folder = await mkdtemp(join(tmpdir(), 'matinee-harvest-'))
  const clock = quickClock(FACTOR)
  const network = createNetwork({ clock: quickClock(1), allowLocal: true })
  t.after(async () => {
    await network[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
  const newWeb = (): PoliteWeb => new PoliteWeb(network.http, clock)
  return { server, folder, web: newWeb(), clock, newWeb }
}
