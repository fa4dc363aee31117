import type { RootRole, RootState, Signatories } from '@matinee/catalogue'
import { draftRoot, readRootDraft, signRoot } from '@matinee/catalogue'
import { toHex } from '@matinee/base'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import type { KeyRing } from './key-ring.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherSettings } from './publisher-settings.ts'
import type { RootChain } from './root-chain.ts'

/** The roles that a root names. */
export const ROOT_ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const

/** One of them. */
export type RootRoleName = (typeof ROOT_ROLES)[number]

/** What is to change in who signs for what; roles that aren't named stay as they are. */
export interface RootChange {
  /** Names of keys. */
  readonly keys: ReadonlyMap<RootRoleName, readonly string[]>
  readonly thresholds: ReadonlyMap<RootRoleName, number>
}

const DAY_MS = 86_400_000
const CRYPTO = systemFeedCrypto()

/** The next root, with nobody's signature yet. Throws {@link PublisherError} `refused` and `missing-key`. */
export function nextRoot(
  chain: RootChain,
  settings: PublisherSettings,
  { keys, thresholds }: RootChange,
  nowMs: number,
): Uint8Array {
  const { root } = chain.newestState
  const signatories = (role: RootRoleName): Signatories => {
    const now = root.signers[role]
    const named = keys.get(role)?.map((name) => keyNamed(settings, name))
    const own = named ?? now.keys.map(({ publicKey }) => publicKey)
    // New keys without a word about how many: one is enough, as it was at the beginning.
    const threshold = thresholds.get(role) ?? (named === undefined ? now.threshold : 1)
    if (threshold > own.length)
      throw new PublisherError('refused', `${role} can't need ${threshold} of ${own.length} keys`)
    return { keys: own, threshold }
  }
  const roles = {
    root: signatories('root'),
    timestamp: signatories('timestamp'),
    snapshot: signatories('snapshot'),
    targets: signatories('targets'),
  }
  const expiresMs = nowMs + settings.days.root * DAY_MS
  return draftRoot({ version: root.version + 1, roles, expiresMs }, CRYPTO)
}

/** Signs a draft with every key at hand whose signature it waits for, as long as it waits. */
export async function signWith(
  draft: Uint8Array,
  ring: KeyRing,
  stateOf: (draft: Uint8Array) => RootState,
): Promise<{
  readonly draft: Uint8Array
  readonly state: RootState
  readonly signed: readonly string[]
}> {
  const signed: string[] = []
  let bytes = draft
  for (let state = stateOf(bytes); ; state = stateOf(bytes)) {
    if (state.kind === 'complete') return { draft: bytes, state, signed }
    const [key] = ring.among(state.lacks.flatMap(({ keys }) => keys))
    if (key === undefined) return { draft: bytes, state, signed }
    bytes = signRoot(bytes, await ring.open(key), CRYPTO)
    signed.push(key.name)
  }
}

/** Signs a draft on a computer that has nothing but it, with every key at hand that it names anywhere. */
export async function signAlone(
  draft: Uint8Array,
  ring: KeyRing,
): Promise<{
  readonly draft: Uint8Array
  readonly root: RootRole
  readonly signed: readonly string[]
}> {
  const root = readRootDraft(draft, CRYPTO)
  const signed: string[] = []
  let bytes = draft
  for (const key of ring.keys) {
    bytes = signRoot(bytes, await ring.open(key), CRYPTO)
    signed.push(key.name)
  }
  return { draft: bytes, root, signed }
}

/** What a root says, a line for each role. */
export function rootWords(root: RootRole, nameOf: (key: Uint8Array) => string): readonly string[] {
  return [
    ...ROOT_ROLES.map((role) => {
      const { keys, threshold } = root.signers[role]
      const names = keys.map(({ publicKey }) => nameOf(publicKey)).join(', ')
      return `  ${role.padEnd(10)} ${threshold} of ${keys.length}: ${names}`
    }),
    `  until      ${new Date(root.expiresMs).toISOString().slice(0, 10)}`,
  ]
}

/** What a root waits for, a line for each side. */
export function lackWords(
  state: RootState,
  nameOf: (key: Uint8Array) => string,
): readonly string[] {
  if (state.kind === 'complete') return []
  return state.lacks.map(({ of, count, keys }) => {
    const whose = of === 'before' ? 'of the root before' : 'of its own'
    return `  waits for ${count} more ${whose}: ${keys.map(nameOf).join(', ')}`
  })
}

function keyNamed({ keys }: PublisherSettings, name: string): Uint8Array {
  const key = keys.find((each) => each.name === name)
  if (key !== undefined) return key.publicKey
  throw new PublisherError(
    'missing-key',
    `there is no key ${name}: "matinee feed key" makes one, or takes in one that was made elsewhere`,
  )
}

/** How a key is called where nobody gave it a name. */
export function shortKey(key: Uint8Array): string {
  return `${toHex(key).slice(0, 8)}…`
}
