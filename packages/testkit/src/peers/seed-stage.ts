import { KIB } from '@matinee/base'
import {
  decodeExtensionHandshake,
  encodeExtensionHandshake,
  handshakeHash,
} from '@matinee/protocol'
import { FakeClock } from '../fake-clock.ts'
import { makeTorrent, type MadeTorrent, type MadeTorrentOptions } from '../made-torrent.ts'
import type { SimHost } from '../sim-network/sim-host.ts'
import { SimNetwork } from '../sim-network/sim-network.ts'
import { ScriptedPeer } from './scripted-peer.ts'
import type { SeedBehaviour } from './seed-behaviour.ts'
import { seedPeer, type SeedPeer } from './seed-peer.ts'

/** Where the seed of a stage listens. */
export const ADDRESS = { host: '203.0.113.2', port: 6881 }

/** One seed, and one host beside it. */
export interface Stage {
  readonly clock: FakeClock
  readonly sim: SimNetwork
  readonly us: SimHost
  readonly seed: SeedPeer
  readonly torrent: MadeTorrent
  /** A peer that has shaken hands with the seed. */
  readonly script: (version?: 'v1' | 'v2') => Promise<ScriptedPeer>
}

/** A seed of a made-up torrent of 300 KiB. */
export async function stage(
  behaviour: SeedBehaviour,
  options: MadeTorrentOptions = {},
): Promise<Stage> {
  const clock = new FakeClock()
  const sim = new SimNetwork({ clock })
  const torrent = makeTorrent({ files: 300 * KIB, ...options })
  const us = sim.host('203.0.113.1')
  const { network } = sim.host(ADDRESS.host)
  const { metainfo, bytesAt } = torrent
  const seed = await seedPeer({ network, clock, address: ADDRESS, metainfo, bytesAt, behaviour })
  const script = async (version: 'v1' | 'v2' = 'v2'): Promise<ScriptedPeer> => {
    const peer = await clock.run(ScriptedPeer.dial(us.network, ADDRESS, metainfo.layout.pieceCount))
    peer.greet(handshakeHash(metainfo.infoHashes, version))
    await clock.run(peer.theirHandshake)
    return peer
  }
  return { clock, sim, us, seed, torrent, script }
}

/** Trades extension handshakes; returns the seed's. */
export async function handshakeOf(
  clock: FakeClock,
  peer: ScriptedPeer,
): Promise<ReturnType<typeof decodeExtensionHandshake>> {
  const handshake = await clock.run(peer.expect('extended'))
  const payload = encodeExtensionHandshake({
    messages: new Map([
      ['ut_metadata', 8],
      ['ut_pex', 9],
    ]),
    client: null,
    requestQueue: null,
    metadataSize: null,
    port: null,
    yourIp: null,
    uploadOnly: false,
  })
  peer.send({ kind: 'extended', id: 0, payload })
  return decodeExtensionHandshake(handshake.payload)
}
