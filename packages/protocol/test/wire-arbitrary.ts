import fc from 'fast-check'
import type { BlockFields, HashFields, SendableMessage } from '@matinee/protocol'

const word = fc.oneof(fc.nat(), fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff))
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.nat(40_000).map((length) => new Uint8Array(length).fill(length)),
)
const blockFields: fc.Arbitrary<BlockFields> = fc.record(
  { piece: word, begin: word, length: word },
  { noNullPrototype: true },
)
const hashFields: fc.Arbitrary<HashFields> = fc.record(
  {
    piecesRoot: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    baseLayer: word,
    index: word,
    length: word,
    proofLayers: word,
  },
  { noNullPrototype: true },
)

/** Any message that a decoder without metadata accepts on its own. */
export const anyMessage: fc.Arbitrary<SendableMessage> = fc.oneof(
  fc
    .constantFrom(
      'keep-alive' as const,
      'choke' as const,
      'unchoke' as const,
      'interested' as const,
      'not-interested' as const,
      'have-all' as const,
      'have-none' as const,
    )
    .map((kind) => ({ kind })),
  fc.record(
    { kind: fc.constant('have' as const), piece: fc.nat(2 ** 21 - 1) },
    { noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constantFrom('suggest' as const, 'allowed-fast' as const), piece: word },
    { noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('bitfield' as const), bits: bytes }, { noNullPrototype: true }),
  fc
    .tuple(fc.constantFrom('request' as const, 'cancel' as const, 'reject' as const), blockFields)
    .map(([kind, fields]) => ({ kind, ...fields })),
  fc.record(
    {
      kind: fc.constant('piece' as const),
      piece: word,
      begin: word,
      block: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 16_384 }).map((length) => new Uint8Array(length).fill(length)),
      ),
    },
    { noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('port' as const), port: fc.nat(0xffff) },
    { noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('extended' as const), id: fc.nat(0xff), payload: bytes },
    { noNullPrototype: true },
  ),
  fc
    .tuple(fc.constantFrom('hash-request' as const, 'hash-reject' as const), hashFields)
    .map(([kind, fields]) => ({ kind, ...fields })),
  fc.tuple(hashFields, fc.integer({ min: 1, max: 600 })).map(([fields, count]) => ({
    kind: 'hashes' as const,
    ...fields,
    hashes: new Uint8Array(32 * count).fill(count),
  })),
)
