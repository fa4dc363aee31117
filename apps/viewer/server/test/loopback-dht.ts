import { SILENT_LOG } from '@matinee/base'
import { openEngine, type Engine } from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const PATIENCE_MS = 30_000

/** Three strangers' nodes of a DHT on this computer, who stay; and engines that know them. All goes with it, the folder too. */
export class LoopbackDht implements AsyncDisposable {
  /** `host:port` of the strangers. */
  readonly entrances: string[] = []
  readonly #open = new AsyncDisposableStack()
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#open.defer(() => rm(folder, { recursive: true, force: true }))
  }

  /** @param folder absolute; it's there */
  static async open(folder: string): Promise<LoopbackDht> {
    const stage = new LoopbackDht(folder)
    for (const name of ['one', 'two', 'three']) {
      const engine = stage.#open.use(await stage.engine(name))
      const dht = engine.useDht()
      assert.ok(dht !== null)
      for (const until = Date.now() + PATIENCE_MS; dht.port === null; await delay(20))
        assert.ok(Date.now() < until)
      stage.entrances.push(`127.0.0.1:${dht.port}`)
    }
    return stage
  }

  /** The product's egress, which reaches this computer. */
  network(): EgressNetwork {
    return this.#open.use(
      createNetwork({ clock: systemClock(), log: SILENT_LOG, allowLocal: true }),
    )
  }

  /** Somebody else's engine, theirs to close. */
  engine(name: string): Promise<Engine> {
    return openEngine({
      network: this.network(),
      disk: systemDisk(),
      hash: systemHash(),
      clock: systemClock(),
      random: systemRandom(),
      folder: join(this.#folder, name),
      host: '127.0.0.1',
      dht: { bootstrap: [...this.entrances], verify: verifyEd25519 },
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#open.disposeAsync()
  }
}
