/** What `request`, `cancel` and `reject` name: bytes of a piece. Numbers are as received, 0 to 2^32 - 1, unchecked. */
export interface BlockFields {
  readonly piece: number
  /** Offset in the piece. */
  readonly begin: number
  readonly length: number
}

/** What the three hash messages of BEP 52 name. Numbers are as received, 0 to 2^32 - 1, unchecked. */
export interface HashFields {
  /** 32 bytes: the root of the file's tree. */
  readonly piecesRoot: Uint8Array
  /** The layer of the wanted hashes; 0 = the hashes of blocks. */
  readonly baseLayer: number
  /** The first wanted hash in the layer. */
  readonly index: number
  /** How many hashes of the layer. */
  readonly length: number
  /** How many ancestor layers the proof covers. */
  readonly proofLayers: number
}

/**
 * A message of the peer protocol: BEP 3, 5 (`port`), 6 (`suggest` to `allowed-fast`), 10 (`extended`)
 * and 52 (the hash messages). Lengths were checked by the decoder, meanings were not.
 */
export type WireMessage = SendableMessage | { readonly kind: 'unknown'; readonly id: number }

/** A message we have a meaning for, so that it can be sent too. */
export type SendableMessage =
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'choke' }
  | { readonly kind: 'unchoke' }
  | { readonly kind: 'interested' }
  | { readonly kind: 'not-interested' }
  | { readonly kind: 'have'; readonly piece: number }
  | { readonly kind: 'bitfield'; readonly bits: Uint8Array }
  | ({ readonly kind: 'request' } & BlockFields)
  | {
      readonly kind: 'piece'
      readonly piece: number
      readonly begin: number
      readonly block: Uint8Array
    }
  | ({ readonly kind: 'cancel' } & BlockFields)
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'suggest'; readonly piece: number }
  | { readonly kind: 'have-all' }
  | { readonly kind: 'have-none' }
  | ({ readonly kind: 'reject' } & BlockFields)
  | { readonly kind: 'allowed-fast'; readonly piece: number }
  | { readonly kind: 'extended'; readonly id: number; readonly payload: Uint8Array }
  | ({ readonly kind: 'hash-request' } & HashFields)
  | ({ readonly kind: 'hashes'; readonly hashes: Uint8Array } & HashFields)
  | ({ readonly kind: 'hash-reject' } & HashFields)

/** The byte that names each kind on the wire; a keep-alive has none. */
export const MESSAGE_IDS = {
  choke: 0,
  unchoke: 1,
  interested: 2,
  'not-interested': 3,
  have: 4,
  bitfield: 5,
  request: 6,
  piece: 7,
  cancel: 8,
  port: 9,
  suggest: 0x0d,
  'have-all': 0x0e,
  'have-none': 0x0f,
  reject: 0x10,
  'allowed-fast': 0x11,
  extended: 20,
  'hash-request': 21,
  hashes: 22,
  'hash-reject': 23,
} as const satisfies Record<Exclude<SendableMessage['kind'], 'keep-alive'>, number>
