import assert from 'node:assert/strict'
import { KIB, equalBytes, utf8Bytes, type Random } from '@matinee/base'
import {
  BencodeDictionary,
  encodeBencode,
  handshakeHash,
  type BencodeValue,
  type SendableMessage,
} from '@matinee/protocol'
import { ScriptedPeer, type SimHost } from '@matinee/testkit'
import { ENGINE_ADDRESS, type Stage } from '../test/stage.ts'

const BLOCK = 16 * KIB

/**
 * Somebody who greets and then says anything: what makes sense, what nearly does, and what doesn't. Whatever the
 * engine sends it is compared with the torrent.
 */
export class Stranger {
  readonly #stage: Stage
  readonly #random: Random
  readonly #host: SimHost
  #peer: ScriptedPeer | null = null
  /** On this connection it breaks the protocol sooner or later; otherwise it only lies. */
  #isWild = false
  /** Bytes of blocks that the engine sent, all of them right. */
  receivedBytes = 0

  constructor(stage: Stage, random: Random) {
    this.#stage = stage
    this.#random = random
    this.#host = stage.host()
  }

  /** Says something, on a new connection when there is none. */
  async talk(): Promise<void> {
    if (this.#peer === null || this.#peer.isOver) await this.#connect()
    const peer = this.#peer
    if (peer === null || peer.isOver) return
    this.#judge(peer)
    for (let i = this.#random.below(6); i >= 0; i--)
      if (this.#isWild && this.#random.below(20) === 0)
        peer.sendRaw(this.#random.bytes(this.#random.below(100)))
      else peer.send(this.#message(peer))
    if (this.#random.below(30) === 0) peer.destroy()
  }

  end(): void {
    if (this.#peer !== null) this.#judge(this.#peer)
    this.#peer?.destroy()
  }

  async #connect(): Promise<void> {
    const { layout, infoHashes } = this.#stage.made.metainfo
    this.#isWild = this.#flip()
    try {
      const dialing = ScriptedPeer.dial(this.#host.network, ENGINE_ADDRESS)
      const peer = await this.#stage.run(dialing)
      const version = infoHashes.v1 === null || (infoHashes.v2 && this.#flip()) ? 'v2' : 'v1'
      const some = { fast: this.#flip(), extension: this.#flip(), v2: this.#flip() }
      peer.greet(handshakeHash(infoHashes, version), some, `stranger ${this.#random.below(3)}`)
      peer.send(
        this.#flip() && some.fast
          ? { kind: 'have-all' }
          : { kind: 'bitfield', bits: allOf(layout.pieceCount) },
      )
      if (this.#flip()) peer.send({ kind: 'unchoke' }, { kind: 'interested' })
      this.#peer = peer
    } catch {
      // Banned, or nobody listens at the moment.
    }
  }

  /** Every block that came is right. */
  #judge(peer: ScriptedPeer): void {
    const { made } = this.#stage
    const { layout } = made.metainfo
    for (const message of peer.inbox) {
      if (message.kind !== 'piece') continue
      const start = layout.pieceSpan(layout.piece(message.piece)).start + message.begin
      const right = made.bytesAt({ start, end: start + message.block.length })
      assert.ok(equalBytes(message.block, right), `sent wrong bytes of piece ${message.piece}`)
      this.receivedBytes += message.block.length
    }
    const rest = peer.inbox.filter(({ kind }) => kind !== 'piece').slice(-20)
    peer.inbox.splice(0, peer.inbox.length, ...rest)
  }

  #message(peer: ScriptedPeer): SendableMessage {
    const random = this.#random
    const asked = peer.inbox.filter(({ kind }) => kind === 'request' || kind === 'hash-request')
    const question = asked[random.below(asked.length + 1)]
    if (question?.kind === 'request')
      return random.below(6) === 0
        ? { ...question, kind: 'reject' }
        : {
            kind: 'piece',
            piece: question.piece,
            begin: question.begin,
            block: this.#block(question.piece, question.begin),
          }
    if (question?.kind === 'hash-request') {
      if (this.#flip()) return { ...question, kind: 'hash-reject' }
      const count = question.length + question.proofLayers - random.below(2)
      return { ...question, kind: 'hashes', hashes: random.bytes(32 * Math.max(0, count)) }
    }
    const any = this.#fields()
    const tame: readonly SendableMessage[] = [
      { kind: 'keep-alive' },
      { kind: 'choke' },
      { kind: 'unchoke' },
      { kind: 'unchoke' },
      { kind: 'interested' },
      { kind: 'interested' },
      { kind: 'not-interested' },
      { kind: 'have', piece: any.piece },
      { kind: 'request', ...any },
      { kind: 'request', ...any },
      { kind: 'request', ...any },
      { kind: 'cancel', ...any },
      { kind: 'reject', ...any },
      {
        kind: 'piece',
        piece: any.piece,
        begin: any.begin,
        block: this.#block(any.piece, any.begin),
      },
      { kind: 'suggest', piece: any.piece },
      { kind: 'allowed-fast', piece: any.piece },
      { kind: 'port', port: random.below(65_536) },
      { kind: 'extended', id: random.below(4), payload: this.#extension() },
    ]
    const wild: readonly SendableMessage[] = [
      { kind: 'have-none' },
      { kind: 'bitfield', bits: random.bytes(1 + random.below(3)) },
      { kind: 'extended', id: random.below(4), payload: random.bytes(random.below(60)) },
    ]
    const messages = this.#isWild && random.below(6) === 0 ? wild : tame
    return messages[random.below(messages.length)] ?? { kind: 'keep-alive' }
  }

  /** Mostly a block that exists. */
  #fields(): { readonly piece: number; readonly begin: number; readonly length: number } {
    const { layout } = this.#stage.made.metainfo
    const random = this.#random
    const isWild = this.#isWild && random.below(10) === 0
    return {
      piece: isWild ? random.below(2 ** 32) : random.below(layout.pieceCount),
      begin: isWild ? random.below(2 ** 20) : BLOCK * random.below(layout.pieceLength / BLOCK),
      length: isWild ? random.below(2 ** 18) : BLOCK,
    }
  }

  /** What belongs there, or nearly. */
  #block(piece: number, begin: number): Uint8Array {
    const { made } = this.#stage
    const { layout } = made.metainfo
    if (piece >= layout.pieceCount) return this.#random.bytes(BLOCK)
    const { start, end } = layout.pieceSpan(layout.piece(piece))
    const from = Math.min(end, start + begin)
    const bytes = made.bytesAt({ start: from, end: Math.min(end, from + BLOCK) })
    if (bytes.length > 0 && this.#random.below(4) === 0)
      bytes[this.#random.below(bytes.length)] = this.#random.below(256)
    return bytes
  }

  /** A dictionary of one of the extensions, with values of any kind. */
  #extension(): Uint8Array {
    const random = this.#random
    const values = [random.below(2 ** 31), random.bytes(6), utf8Bytes('ut_metadata'), []]
    const value = (): BencodeValue => values[random.below(values.length)] ?? 0
    const id = (): number => random.below(4)
    const names = BencodeDictionary.from({ ut_metadata: id(), ut_pex: id(), lt_donthave: id() })
    const entries: readonly (readonly [string, BencodeValue])[] = [
      ['added', random.bytes(6 * random.below(5))],
      ['m', random.below(3) === 0 ? value() : names],
      ['metadata_size', value()],
      ['msg_type', random.below(4)],
      ['piece', random.below(3)],
      ['reqq', value()],
      ['upload_only', value()],
    ]
    return encodeBencode(BencodeDictionary.from(entries.filter(() => this.#flip())))
  }

  #flip(): boolean {
    return this.#random.below(2) === 0
  }
}

function allOf(pieceCount: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(pieceCount / 8)).fill(0xff)
  const spare = bits.length * 8 - pieceCount
  bits[bits.length - 1] = (0xff << spare) & 0xff
  return bits
}
