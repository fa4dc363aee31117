import {
  SILENT_LOG,
  type Clock,
  type Disk,
  type Hash,
  type Log,
  type Network,
  type Random,
  type SocketAddress,
} from '@matinee/base'
import { BLOCK_BYTES } from '@matinee/protocol'
import type { VerifySignature } from './dht/item-shelf.ts'
import { SECTION_BYTES } from './store/sections.ts'

/** How the DHT is used (BEP 5). */
export interface DhtOptions {
  /** `host:port` of nodes to begin with; asked only when nobody of an earlier run answers. */
  readonly bootstrap: readonly string[]
  /** Ed25519, for items of BEP 44. */
  readonly verify: VerifySignature
}

/** What an engine needs of the world, and how it behaves. */
export interface EngineOptions {
  readonly network: Network
  readonly disk: Disk
  readonly hash: Hash
  readonly clock: Clock
  readonly random: Random
  /** Default: silent. */
  readonly log?: Log
  /** Absolute path. Everything is stored below it, under `<info-hash>/<file index>`. */
  readonly folder: string
  /** TCP port to listen on; 0 = any free one, `null` = don't listen. Default 0. */
  readonly port?: number | null
  /** Address to listen on. Default `0.0.0.0`. */
  readonly host?: string
  /** Whether others may download from us. Default true. */
  readonly upload?: boolean
  /** Peers of a torrent that are served at the same time. Default 8. */
  readonly uploadSlots?: number
  /** Connections per torrent. Default 60. */
  readonly maxPeers?: number
  /** Connections of all torrents together. When they are short, films that play come first. Default 1000. */
  readonly maxConnections?: number
  /** Peers of all torrents together that are served at the same time. Default 64. */
  readonly maxUploads?: number
  /**
   * Files lie on the disk in parts of so many bytes, a multiple of 16 KiB, which can be given back one by one. What an
   * earlier run fetched with another number is fetched again. Default 64 MiB.
   */
  readonly sectionBytes?: number
  /** Opened with the first torrent that isn't private; `null` = not at all. Default `null`. */
  readonly dht?: DhtOptions | null
  /** Told of every block that was sent to somebody. Must return at once and never throw. Default: nobody is. */
  readonly onGiven?: (to: SocketAddress, bytes: number) => void
  /** Told of everybody who dialed us and named a torrent of ours. Must return at once and never throw. Default: nobody is. */
  readonly onReached?: (by: SocketAddress) => void
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<EngineOptions>

/** Fills in defaults. Throws RangeError when a number makes no sense. */
export function resolveOptions(options: EngineOptions): ResolvedOptions {
  const { port = 0, host = '0.0.0.0', upload = true, maxPeers = 60, log = SILENT_LOG } = options
  const { maxConnections = 1000, maxUploads = 64 } = options
  const { uploadSlots = 8, dht = null, sectionBytes = SECTION_BYTES } = options
  const { onGiven = () => undefined, onReached = () => undefined } = options
  if (port !== null && (!Number.isInteger(port) || port < 0 || port > 65_535))
    throw new RangeError(`port ${port} is not between 0 and 65535`)
  if (!Number.isInteger(maxPeers) || maxPeers < 1)
    throw new RangeError(`maxPeers ${maxPeers} is not a whole number from 1 on`)
  if (!Number.isInteger(maxConnections) || maxConnections < 1)
    throw new RangeError(`maxConnections ${maxConnections} is not a whole number from 1 on`)
  if (!Number.isInteger(maxUploads) || maxUploads < 1)
    throw new RangeError(`maxUploads ${maxUploads} is not a whole number from 1 on`)
  if (!Number.isInteger(uploadSlots) || uploadSlots < 1)
    throw new RangeError(`uploadSlots ${uploadSlots} is not a whole number from 1 on`)
  if (!Number.isInteger(sectionBytes / BLOCK_BYTES) || sectionBytes < 1)
    throw new RangeError(`sectionBytes ${sectionBytes} is not a number of blocks of 16 KiB`)
  return {
    ...options,
    port,
    host,
    upload,
    uploadSlots,
    maxPeers,
    maxConnections,
    maxUploads,
    sectionBytes,
    dht,
    log,
    onGiven,
    onReached,
  }
}
