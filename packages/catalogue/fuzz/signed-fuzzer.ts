import assert from 'node:assert/strict'
import {
  openEnvelope,
  openTrustedFiles,
  parseFeedHead,
  parseRevocations,
  readPack,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { Follower } from '../test/signed/follower.ts'
import { madeKey } from '../test/signed/made-key.ts'
import { MadePublisher } from '../test/signed/made-publisher.ts'
import { NEW_YEAR } from '../test/signed/refresh-case.ts'
import { envelopeCases, packCases } from '../test/signed/small-fixtures.ts'
import type { Fuzzer } from './fuzzer.ts'
import { mutateBytes, pick } from './mutation.ts'

const GRAMMAR = [
  '"signed":',
  '"signatures":[',
  '"version":',
  '"__proto__":',
  '"threshold":0',
  '"expires":',
  'null',
  '[]',
  '{}',
  '-1',
  '1e400',
  '1.5',
  '9007199254740993',
  '"',
  '\\',
  '\n',
  '\\ud800',
  '"roles":',
  '"keyids":[',
  '"sha256":"',
  '"delegations":{',
  '../',
  '*',
  '?',
]

const CRYPTO = systemFeedCrypto()
const PUBLISHER = new MadePublisher()
PUBLISHER.delegate('kino', 40, ['works/kino-*']).publishAll()
const METADATA = [...PUBLISHER.files.keys()]
const FIRST = PUBLISHER.files.get('metadata/1.root.json') ?? new Uint8Array()

/** A source with some damaged files: a feed that is right, or a named refusal that leaves what was kept. */
export const refreshFuzzer: Fuzzer = {
  name: 'signed feed',
  run(random) {
    const files = new Map(PUBLISHER.files)
    for (let count = 1 + random.below(2); count > 0; count--) {
      const path = pick(random, METADATA)
      files.set(path, mutateBytes(random, files.get(path) ?? new Uint8Array(), GRAMMAR))
    }
    const follower = new Follower(FIRST)
    const refresh = follower.ask({ now: NEW_YEAR, files })?.value
    assert.ok(refresh !== undefined && follower.files !== null)
    if (refresh.kind === 'refused') assert.equal(follower.files.timestamp, null)
    else assert.deepEqual(openTrustedFiles(follower.files, CRYPTO), refresh.feed)
    assert.equal('polluted' in {}, false)
  },
}

const PACKS = packCases().map(({ text }) => new TextEncoder().encode(text))
const ENVELOPES = envelopeCases().map(({ text }) => new TextEncoder().encode(text))
const REVOCATIONS = new TextEncoder().encode(
  '{"type":"matinee-revocations","version":1,"entries":[{"work":"a","serial":1,"state":"revoked","effect":"blocked","reason":"court","on":"2026-01-01"}]}',
)
const HEAD = new TextEncoder().encode(
  '{"type":"matinee-feed","version":1,"trust":"signed","id":"a","translations":{"en":{"name":"A"}},"operator":{"name":"A"},"contact":null,"issued":"2026-01-01"}',
)

/** Damaged packs, envelopes, revocations and heads: read, or refused by name. */
export const signedPartsFuzzer: Fuzzer = {
  name: 'parts of a signed feed',
  run(random) {
    const damaged = (bytes: Uint8Array): Uint8Array => mutateBytes(random, bytes, GRAMMAR)
    named(() => [...readPack(damaged(pick(random, PACKS)), 'pack').works()])
    named(() => parseRevocations(damaged(REVOCATIONS), 'revocations'))
    named(() => parseFeedHead(damaged(HEAD)))
    const bytes = damaged(pick(random, ENVELOPES))
    const opened = named(() => openEnvelope(bytes, 'matinee-record', 'one', CRYPTO))
    const makers = [50, 51].map((number) => madeKey(number).publicKey.toHex())
    for (const maker of opened?.makers ?? [])
      assert.ok(makers.includes(maker), 'nobody else signed')
  },
}

function named<T>(run: () => T): T | null {
  try {
    return run()
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'TrustError', String(error))
    return null
  }
}
