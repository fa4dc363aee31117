import { concatBytes, type Network, type SocketAddress } from '@matinee/base'
import { handshakeHash, type Metainfo } from '@matinee/protocol'
import { ScriptedPeer, requestsOf } from './scripted-peer.ts'

/** Whom a leech asks, and for what. */
export interface LeechOptions {
  readonly network: Network
  readonly target: SocketAddress
  readonly metainfo: Metainfo
  /** Which hash to greet with. Default v1 when the torrent has one. */
  readonly version?: 'v1' | 'v2'
  /** Default all pieces, in order. */
  readonly pieces?: readonly number[]
}

/**
 * Downloads pieces from one peer, checking nothing, and returns what was sent in torrent order. Throws
 * when the connection ends before. For asking a seed under test what it serves.
 */
export async function leech(options: LeechOptions): Promise<Uint8Array> {
  const { network, target, metainfo } = options
  const { layout, infoHashes } = metainfo
  const peer = await ScriptedPeer.dial(network, target, layout.pieceCount)
  const version = options.version ?? (infoHashes.v1 === null ? 'v2' : 'v1')
  peer.greet(handshakeHash(infoHashes, version), {}, 'leech')
  peer.send({ kind: 'interested' })
  await peer.expect('unchoke')
  const blocks: Uint8Array[] = []
  const pieces = options.pieces ?? Array.from({ length: layout.pieceCount }, (_, i) => i)
  for (const piece of pieces) {
    const requests = requestsOf(piece, layout.pieceLengthOf(layout.piece(piece)))
    peer.send(...requests)
    for (const { begin } of requests) {
      const block = await peer.expect('piece', (got) => got.piece === piece && got.begin === begin)
      blocks.push(block.block)
    }
  }
  peer.close()
  return concatBytes(blocks)
}
