import type { Mutant } from '../../tools/mutant.ts'

const SIGNED = 'packages/catalogue/src/signed'
const WORKS = `${SIGNED}/feed-works.test.ts`
const VERSION = 'packages/catalogue/src/node/feed-version.test.ts'
const REVOCATION = `${SIGNED}/revocation.test.ts`

/** Guards of a signed feed's works, makers and revocations. */
export const WORKS_MUTANTS: readonly Mutant[] = [
  {
    row: 'C1',
    guard: 'wants the pack that was signed for',
    file: `${SIGNED}/feed-works.ts`,
    find: `  checkReference(bytes, target, path, crypto)`,
    replace: ``,
    test: WORKS,
  },
  {
    row: 'C4',
    guard: 'wants works to add up to what was signed',
    file: `${SIGNED}/works-state.ts`,
    find: `stateOf(works, crypto) !== summary.state`,
    replace: `works.size < 0`,
    test: WORKS,
  },
  {
    row: 'C5',
    guard: 'caps what a pack unpacks to',
    file: `${SIGNED}/feed-works.ts`,
    find: `unpackedBytes > TRUST_LIMITS.unpackedBytes`,
    replace: `unpackedBytes < 0`,
    test: WORKS,
  },
  {
    row: 'C5',
    guard: 'unpacks no more than was signed for',
    file: `${SIGNED}/feed-works.ts`,
    find: `  if (unpacked?.length !== unpackedBytes)`,
    replace: `  if (unpacked === undefined)`,
    test: WORKS,
  },
  {
    row: 'C5',
    guard: 'stops unpacking at the cap',
    file: 'packages/catalogue/src/node/system.ts',
    find: `{ maxOutputLength: Math.max(1, maxBytes) }`,
    replace: `{ maxOutputLength: (maxBytes = 2 ** 30) }`,
    test: 'packages/catalogue/src/node/system.test.ts',
  },
  {
    row: 'C11',
    guard: 'leaves out a record that is wrong',
    file: `${SIGNED}/signed-work.ts`,
    find: `    if (error instanceof TrustError) return { kind: 'wrong', refusal: error.refusal }`,
    replace: ``,
    test: WORKS,
  },
  {
    row: 'C11',
    guard: "wants a record to carry its line's id",
    file: `${SIGNED}/signed-work.ts`,
    find: `    if (record.id !== id)`,
    replace: `    if (record.id === null)`,
    test: WORKS,
  },
  {
    row: 'C13',
    guard: 'lets a curator admit works of their name space only',
    file: `${SIGNED}/feed-works.ts`,
    find: `    if (!maySignFor(delegation, path)) continue`,
    replace: `    if (path === '') continue`,
    test: WORKS,
  },
  {
    row: 'C13',
    guard: 'wants every signature of an envelope to be right',
    file: `${SIGNED}/maker-envelope.ts`,
    find: `    if (!crypto.verifyEd25519(publicKey, message, signature))`,
    replace: `    if (message.length === 0)`,
    test: WORKS,
  },
  {
    row: 'C13',
    guard: 'takes revocations of a curator for their own works',
    file: `${SIGNED}/revocation-memory.ts`,
    find: `    if (isNewer && mayAdmit(revocation.work))`,
    replace: `    if (isNewer)`,
    test: REVOCATION,
  },
  {
    row: 'C13',
    guard: 'lets no record join two works',
    file: `${SIGNED}/work-merge.ts`,
    find: `      return work?.shown.feed !== feed && !work?.alsoIn.some((also) => also.feed === feed)`,
    replace: `      return work !== undefined`,
    test: `${SIGNED}/work-merge.test.ts`,
  },
  {
    row: 'C14',
    guard: 'remembers what a newer file leaves out',
    file: `${SIGNED}/revocation-memory.ts`,
    find: `      .filter((decision) => decision.authority === authority)
      .map(`,
    replace: `      .filter((decision) => decision.authority === '' && authority !== '')
      .map(`,
    test: REVOCATION,
  },
  {
    row: 'C14',
    guard: 'wants a higher serial',
    file: `${SIGNED}/revocation-memory.ts`,
    find: `revocation.serial > before.revocation.serial`,
    replace: `revocation.serial > 0`,
    test: REVOCATION,
  },
  {
    row: 'C14',
    guard: 'lets the strongest effect count',
    file: `${SIGNED}/revocation-memory.ts`,
    find: `  const strongest = Math.max(-1, ...decisions.map(strength))`,
    replace: `  const strongest = Math.min(9, ...decisions.map(strength))`,
    test: REVOCATION,
  },
  {
    row: 'C14',
    guard: 'keeps decisions before works are had',
    file: 'packages/catalogue/src/node/feed-version.ts',
    find: `  await file.change(async (change) => change.keepMemory(memory))`,
    replace: `  await file.change(async (change) => change.keepMemory(file.memory()))`,
    test: VERSION,
  },
  {
    row: 'C18',
    guard: 'takes a version in one transaction',
    file: 'packages/catalogue/src/node/followed-feed-file.ts',
    find: `this.#database.exec('begin immediate')`,
    replace: `this.#database.exec('select 1')`,
    test: VERSION,
  },
  {
    row: 'C18',
    guard: 'takes nothing of a version that fails',
    file: 'packages/catalogue/src/node/followed-feed-file.ts',
    find: `this.#database.exec('rollback')`,
    replace: `this.#database.exec('commit')`,
    test: VERSION,
  },
]
