import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import type { Signer } from '@matinee/base'
import { parseListDraft, parseSha256, signList, type Sha256Text } from '@matinee/catalogue'
import assert from 'node:assert/strict'
import type { MadePublisher } from './made-publisher.ts'

const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Somebody who makes lists, by a key that comes of a name. */
export class MadeCurator {
  readonly #signer: Signer

  constructor(key = 'curator') {
    const secret = hash('sha256', key, 'buffer')
    const privateKey = createPrivateKey({
      key: Buffer.concat([PREFIX, secret]),
      format: 'der',
      type: 'pkcs8',
    })
    const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
    this.#signer = {
      publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
      sign: (message) => new Uint8Array(sign(null, message, privateKey)),
    }
  }

  get key(): Sha256Text {
    const key = parseSha256(this.#signer.publicKey.toHex())
    assert.ok(key !== null)
    return key
  }

  /** By which pages know its list of the id `nights`. */
  get address(): string {
    return `list-${this.key.slice(0, 32)}.nights`
  }

  /** A list of some works of feeds. */
  list(
    serial: number,
    works: readonly { readonly feed: Pick<MadePublisher, 'fingerprint'>; readonly work: string }[],
    change: Readonly<Record<string, unknown>> = {},
  ): Uint8Array {
    const draft = {
      id: 'nights',
      serial,
      issued: '2026-01-02',
      curator: 'Ada Reuss',
      translations: { en: { title: 'Nights on water', note: 'From the north.' } },
      works: works.map(({ feed, work }) => ({ feed: feed.fingerprint, work })),
      ...change,
    }
    return signList(parseListDraft(draft as Parameters<typeof parseListDraft>[0]), [this.#signer])
  }
}
