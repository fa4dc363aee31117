import type { Engine } from '@matinee/engine'
import { NO_NETWORK } from './no-network.ts'
import type { TorrentDeskOptions } from './torrent-desk-options.ts'

/** The engine that has a way to others. Not loaded before the first film: half of what there would be to load at the start. */
export async function openFilmEngine(
  options: TorrentDeskOptions,
  isWebOnly: boolean,
): Promise<Engine> {
  const { network, disk, hash, clock, random, log, mediaFolder } = options
  const { openEngine, PUBLIC_DHT_ENTRANCES } = await import('@matinee/engine')
  const bootstrap = options.dhtEntrances ?? PUBLIC_DHT_ENTRANCES
  const usesDht = !isWebOnly && options.dht()
  const engine = await openEngine({
    network: await network(),
    disk,
    hash,
    clock,
    random,
    log,
    folder: mediaFolder,
    ...(isWebOnly ? { port: null } : {}),
    dht: usesDht ? { bootstrap, verify: options.verify } : null,
    onGiven: options.onGiven,
    onReached: options.onReached,
  })
  engine.limitUpload(options.uploadBytesPerSecond())
  return engine
}

/** The engine for films of which only our own copy may be played: it reaches nobody. */
export async function openLoneEngine(options: TorrentDeskOptions): Promise<Engine> {
  const { disk, hash, clock, random, log, mediaFolder } = options
  const { openEngine } = await import('@matinee/engine')
  const world = { network: NO_NETWORK, disk, hash, clock, random, log, folder: mediaFolder }
  return openEngine({ ...world, port: null, upload: false, dht: null })
}
