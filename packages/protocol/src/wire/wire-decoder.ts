import { LIMITS, NO_BYTES, assert } from '@matinee/base'
import { MessageBody } from './message-body.ts'
import { blockFields, hashFields, uint32 } from './message-fields.ts'
import { headLength } from './message-length.ts'
import { MESSAGE_IDS } from './wire-message.ts'
import type { WireMessage } from './wire-message.ts'
import { WireError } from './wire-error.ts'

/** What the decoder must know of the torrent, and where blocks are put. */
export interface WireDecoderOptions {
  /** `null` while the metadata is missing: then only the general limits hold. */
  readonly pieceCount: number | null
  /** Memory for the payload of one `piece` message; must have exactly that length. Default: a new array. */
  readonly allocateBlock?: (length: number) => Uint8Array
}

type State =
  | { readonly kind: 'head' }
  | {
      readonly kind: 'body'
      readonly body: MessageBody
      readonly finish: (bytes: Uint8Array) => WireMessage
    }
  | { readonly kind: 'skip'; readonly id: number; leftBytes: number }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'stopped' }

const AT_HEAD: State = { kind: 'head' }

// Length, id and the 48 bytes of fields that all hash messages begin with.
const MAX_HEAD_BYTES = 53

/**
 * Cuts a stream of segments into messages.
 *
 *     head ──(its fields are all there)──────────────────▶ message
 *      ├──(bitfield, piece, extended, hashes)──▶ body ───▶ message
 *      └──(unknown id)──▶ skip, nothing kept ────────────▶ message
 *
 * Every length is judged as soon as its four bytes (or, for the limit of its id, the fifth) are there,
 * so that nothing of a refused message is kept. A block is copied once, from the segment into its own
 * array. The fields of a message are checked by whoever knows the torrent, except the index in `have`.
 */
export class WireDecoder {
  /** Judges bitfields and `have`; set it when the metadata has come. */
  pieceCount: number | null
  readonly #allocateBlock: (length: number) => Uint8Array
  readonly #head = new Uint8Array(MAX_HEAD_BYTES)
  #headBytes = 0
  #state: State = AT_HEAD

  constructor(options: WireDecoderOptions) {
    this.pieceCount = options.pieceCount
    this.#allocateBlock = options.allocateBlock ?? ((length) => new Uint8Array(length))
  }

  /** Whether a message has begun and is not whole yet. */
  get isMidMessage(): boolean {
    return this.#headBytes > 0 || this.#state.kind === 'body' || this.#state.kind === 'skip'
  }

  /**
   * Takes a segment, which is not kept, and calls `onMessage` for each message it completes, in order.
   * Throws {@link WireError} after the messages before the wrong one, and what `onMessage` throws;
   * from then on every call throws the same.
   */
  push(bytes: Uint8Array, onMessage: (message: WireMessage) => void): void {
    try {
      let at = 0
      while (at < bytes.length) {
        const state = this.#state
        if (state.kind === 'head') at = this.#takeHead(bytes, at, onMessage)
        else if (state.kind === 'body') {
          at += state.body.take(bytes, at)
          if (!state.body.isWhole) return
          this.#state = AT_HEAD
          onMessage(state.finish(state.body.join()))
        } else if (state.kind === 'skip') {
          const skipped = Math.min(state.leftBytes, bytes.length - at)
          at += skipped
          state.leftBytes -= skipped
          if (state.leftBytes > 0) return
          this.#state = AT_HEAD
          onMessage({ kind: 'unknown', id: state.id })
        } else if (state.kind === 'stopped') return
        else throw state.error
      }
    } catch (error) {
      this.#state = { kind: 'failed', error }
      throw error
    }
  }

  /** Ignores everything from here on, also the rest of the segment whose message is being told. */
  stop(): void {
    this.#state = { kind: 'stopped' }
  }

  /** Reads one head in place, or keeps its beginning; returns where the rest of the segment starts. */
  #takeHead(bytes: Uint8Array, start: number, onMessage: (message: WireMessage) => void): number {
    if (this.#headBytes === 0) {
      const available = bytes.length - start
      const needed = headLength(bytes, start, available, this.pieceCount)
      if (needed <= available) {
        this.#open(bytes, start, onMessage)
        return start + needed
      }
    }
    let at = start
    for (;;) {
      const needed = headLength(this.#head, 0, this.#headBytes, this.pieceCount)
      if (needed === this.#headBytes) {
        this.#headBytes = 0
        this.#open(this.#head, 0, onMessage)
        return at
      }
      if (at === bytes.length) return at
      const part = bytes.subarray(at, at + needed - this.#headBytes)
      this.#head.set(part, this.#headBytes)
      this.#headBytes += part.length
      at += part.length
    }
  }

  /** Starts the message whose head stands whole at `at`. */
  #open(head: Uint8Array, at: number, onMessage: (message: WireMessage) => void): void {
    const length = uint32(head, at)
    if (length === 0) {
      onMessage({ kind: 'keep-alive' })
      return
    }
    const id = head[at + 4] ?? 0
    switch (id) {
      case MESSAGE_IDS.choke:
        onMessage({ kind: 'choke' })
        return
      case MESSAGE_IDS.unchoke:
        onMessage({ kind: 'unchoke' })
        return
      case MESSAGE_IDS.interested:
        onMessage({ kind: 'interested' })
        return
      case MESSAGE_IDS['not-interested']:
        onMessage({ kind: 'not-interested' })
        return
      case MESSAGE_IDS.have:
        onMessage({ kind: 'have', piece: this.#pieceInside(uint32(head, at + 5)) })
        return
      case MESSAGE_IDS.bitfield:
        this.#await(length - 1, null, (bits) => ({ kind: 'bitfield', bits }), onMessage)
        return
      case MESSAGE_IDS.request:
        onMessage({ kind: 'request', ...blockFields(head, at) })
        return
      case MESSAGE_IDS.piece: {
        const piece = uint32(head, at + 5)
        const begin = uint32(head, at + 9)
        const into = this.#allocateBlock(length - 9)
        assert(
          into.length === length - 9,
          'allocateBlock gives exactly the length it was asked for',
        )
        this.#await(
          into.length,
          into,
          (block) => ({ kind: 'piece', piece, begin, block }),
          onMessage,
        )
        return
      }
      case MESSAGE_IDS.cancel:
        onMessage({ kind: 'cancel', ...blockFields(head, at) })
        return
      case MESSAGE_IDS.port:
        onMessage({ kind: 'port', port: ((head[at + 5] ?? 0) << 8) | (head[at + 6] ?? 0) })
        return
      case MESSAGE_IDS.suggest:
        onMessage({ kind: 'suggest', piece: uint32(head, at + 5) })
        return
      case MESSAGE_IDS['have-all']:
        onMessage({ kind: 'have-all' })
        return
      case MESSAGE_IDS['have-none']:
        onMessage({ kind: 'have-none' })
        return
      case MESSAGE_IDS.reject:
        onMessage({ kind: 'reject', ...blockFields(head, at) })
        return
      case MESSAGE_IDS['allowed-fast']:
        onMessage({ kind: 'allowed-fast', piece: uint32(head, at + 5) })
        return
      case MESSAGE_IDS.extended: {
        const extension = head[at + 5] ?? 0
        const finish = (payload: Uint8Array): WireMessage => ({
          kind: 'extended',
          id: extension,
          payload,
        })
        this.#await(length - 2, null, finish, onMessage)
        return
      }
      case MESSAGE_IDS['hash-request']:
        onMessage({ kind: 'hash-request', ...hashFields(head, at) })
        return
      case MESSAGE_IDS.hashes: {
        const fields = hashFields(head, at)
        const finish = (hashes: Uint8Array): WireMessage => ({ kind: 'hashes', ...fields, hashes })
        this.#await(length - 49, null, finish, onMessage)
        return
      }
      case MESSAGE_IDS['hash-reject']:
        onMessage({ kind: 'hash-reject', ...hashFields(head, at) })
        return
      default:
        if (length === 1) onMessage({ kind: 'unknown', id })
        else this.#state = { kind: 'skip', id, leftBytes: length - 1 }
    }
  }

  /** Waits for a body of `length` bytes; an empty one is there already. */
  #await(
    length: number,
    into: Uint8Array | null,
    finish: (bytes: Uint8Array) => WireMessage,
    onMessage: (message: WireMessage) => void,
  ): void {
    if (length === 0) onMessage(finish(NO_BYTES))
    else this.#state = { kind: 'body', body: new MessageBody(length, into), finish }
  }

  #pieceInside(piece: number): number {
    const limit = this.pieceCount ?? LIMITS.torrentPieces
    if (piece >= limit)
      throw new WireError('piece-out-of-range', `a peer has piece ${piece} of ${limit}`)
    return piece
  }
}
