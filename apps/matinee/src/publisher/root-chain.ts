import { equalBytes, toHex } from '@matinee/base'
import {
  type FeedCrypto,
  ROLE_LIMITS,
  type RootState,
  type Sha256Text,
  TrustError,
  parseSha256,
  rootState,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'
import type { PublisherSettings } from './publisher-settings.ts'

const DRAFT = 'roots/draft.json'
const CRYPTO: FeedCrypto = systemFeedCrypto()

/**
 * The roots of a feed: those that are signed, published or not, as `roots/<version>.root.json`, and perhaps the next one, which
 * waits for signatures.
 */
export class RootChain {
  /** Files from the first to the newest; at least one once the feed is begun. */
  readonly roots: readonly Uint8Array[]
  /** The next root as far as it's signed; `null` = there is none. */
  readonly draft: Uint8Array | null

  private constructor(roots: readonly Uint8Array[], draft: Uint8Array | null) {
    this.roots = roots
    this.draft = draft
  }

  /** Reads the roots of a folder. Throws {@link PublisherError}. */
  static async read(folder: PublisherFolder): Promise<RootChain> {
    const roots: Uint8Array[] = []
    for (;;) {
      const bytes = await folder.read(fileOf(roots.length + 1), ROLE_LIMITS.root.bytes)
      if (bytes === null) break
      roots.push(bytes)
    }
    return new RootChain(roots, await folder.read(DRAFT, ROLE_LIMITS.root.bytes))
  }

  /** The newest root that is signed; `null` = not even the first is. */
  get newest(): Uint8Array | null {
    return this.roots.at(-1) ?? null
  }

  /** The feed's fingerprint; `null` = the first root isn't signed yet. */
  get fingerprint(): Sha256Text | null {
    const [first] = this.roots
    return first === undefined ? null : parseSha256(CRYPTO.sha256(first).toHex())
  }

  /** Whether a draft may follow, and whose signatures it waits for. Throws {@link PublisherError} `refused`. */
  stateOf(draft: Uint8Array): RootState {
    try {
      return rootState(draft, this.newest, CRYPTO)
    } catch (error) {
      if (!(error instanceof TrustError)) throw error
      throw new PublisherError('refused', `the root can't follow: ${error.message}`, {
        cause: error,
      })
    }
  }

  /** The newest root, read. Throws {@link PublisherError} `refused` when there is none. */
  get newestState(): RootState & { readonly kind: 'complete' } {
    const before = this.roots.at(-2) ?? null
    if (this.newest === null)
      throw new PublisherError(
        'refused',
        'the feed\'s first root isn\'t signed yet: "matinee feed rotate" with its keys does that',
      )
    const state = rootState(this.newest, before, CRYPTO)
    if (state.kind === 'complete') return state
    throw new PublisherError('damaged', `${fileOf(this.roots.length)} was changed: restore it`)
  }

  /** Keeps a draft until it has all signatures, and then as a root. */
  async keep(folder: PublisherFolder, draft: Uint8Array): Promise<RootState> {
    const state = this.stateOf(draft)
    if (state.kind === 'complete') {
      await folder.write(fileOf(this.roots.length + 1), draft)
      await this.drop(folder)
    } else await folder.write(DRAFT, draft)
    return state
  }

  /** Forgets the draft. */
  async drop(folder: PublisherFolder): Promise<void> {
    await folder.remove(DRAFT)
  }
}

/** How people call a key: by its name, or the beginning of it when it has none here. */
export function keyNames({ keys }: Pick<PublisherSettings, 'keys'>): (key: Uint8Array) => string {
  return (key) =>
    keys.find(({ publicKey }) => equalBytes(publicKey, key))?.name ?? `${toHex(key).slice(0, 8)}…`
}

function fileOf(version: number): string {
  return `roots/${version}.root.json`
}
