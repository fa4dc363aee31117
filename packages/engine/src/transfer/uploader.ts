import { KIB, messageOf, spanLength, type ByteSpan, type Log } from '@matinee/base'
import type { BlockFields, Layout } from '@matinee/protocol'
import type { Peer } from '../peer/peer.ts'
import { MOST_REFUSALS, judgeRequest } from '../peer/upload-queue.ts'
import type { VerifiedBytes } from '../verify/verified-bytes.ts'

/** Unsent bytes per peer beyond which nothing is read for it: a small buffer keeps its cancels worth something. */
const BUFFER_BYTES = 256 * KIB
/** Peers served at the same time. */
const MOST_UNCHOKED = 16

/** What may be uploaded, and from where. */
export interface UploadSource {
  readonly layout: Layout
  hasPiece(piece: number): boolean
  /** Bytes of a piece that we have. Rejects when the disk refuses or they are no longer right. */
  read(span: ByteSpan): Promise<VerifiedBytes>
}

/** Answers requests: unchokes who is interested, serves in order, one read a peer at a time. */
export class Uploader {
  readonly #isOn: boolean
  readonly #log: Log
  readonly #peers: () => Iterable<Peer>
  readonly #busy = new WeakSet<Peer>()
  #source: UploadSource | null = null
  uploadedBytes = 0

  constructor(options: {
    readonly isOn: boolean
    readonly log: Log
    readonly peers: () => Iterable<Peer>
  }) {
    this.#isOn = options.isOn
    this.#log = options.log
    this.#peers = options.peers
  }

  /** The files are open: from here on requests can be served. */
  open(source: UploadSource): void {
    this.#source = source
    this.rechoke()
  }

  /** Unchokes interested peers while there is room; a peer that lost its interest makes place. */
  rechoke(): void {
    if (!this.#isOn || !this.#source) return
    let unchoked = 0
    for (const peer of this.#peers()) {
      if (peer.them.choked) continue
      if (peer.them.interested) unchoked++
      else {
        peer.them.choked = true
        peer.send({ kind: 'choke' })
      }
    }
    for (const peer of this.#peers()) {
      if (unchoked >= MOST_UNCHOKED) return
      if (!peer.them.choked || !peer.them.interested) continue
      peer.them.choked = false
      unchoked++
      peer.send({ kind: 'unchoke' })
    }
  }

  onRequest(peer: Peer, request: BlockFields): void {
    const source = this.#source
    const judged = source
      ? judgeRequest(request, {
          layout: source.layout,
          isChoked: peer.them.choked,
          waiting: peer.uploads.count,
          has: (piece) => source.hasPiece(piece),
        })
      : ({ kind: 'choked' } as const)
    if (judged.kind === 'serve') {
      peer.uploads.add(request, judged.span)
      this.serve(peer)
      return
    }
    this.#reject(peer, request)
    peer.refusals++
    if (peer.refusals > MOST_REFUSALS)
      peer.close(`asked too often for what it can't get: ${judged.kind}`)
  }

  onCancel(peer: Peer, request: BlockFields): void {
    if (peer.uploads.cancel(request)) this.#reject(peer, request)
  }

  /** Goes on with what waits, as far as the peer's socket takes it. */
  serve(peer: Peer): void {
    if (this.#busy.has(peer)) return
    this.#busy.add(peer)
    void this.#serveAll(peer).finally(() => this.#busy.delete(peer))
  }

  async #serveAll(peer: Peer): Promise<void> {
    while (!peer.isClosed && peer.bufferedBytes < BUFFER_BYTES) {
      const next = peer.uploads.next()
      if (!next || !this.#source) return
      try {
        const block = await readPadded(this.#source, next.span)
        peer.send({ kind: 'piece', piece: next.piece, begin: next.begin, block })
        peer.uploadedBytes += spanLength(next.span)
        this.uploadedBytes += spanLength(next.span)
      } catch (error) {
        this.#log.warn('upload read failed', { piece: next.piece, reason: messageOf(error) })
        this.#reject(peer, next)
      }
    }
  }

  /** BEP 6: every request gets exactly one answer. Without the fast extension there is no way to say no. */
  #reject(peer: Peer, { piece, begin, length }: BlockFields): void {
    if (peer.remote.reserved.fast) peer.send({ kind: 'reject', piece, begin, length })
  }
}

/** Bytes of the torrent, with the zeros that other clients see behind its end. */
async function readPadded(source: UploadSource, span: ByteSpan): Promise<Uint8Array> {
  const end = Math.min(span.end, source.layout.length)
  const bytes = await source.read({ start: span.start, end })
  if (end === span.end) return bytes
  const padded = new Uint8Array(spanLength(span))
  padded.set(bytes)
  return padded
}
