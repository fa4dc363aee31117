import { join } from 'node:path'
import * as z from 'zod/mini'
import { readPrivateFile, writePrivateFile } from './private-folder.ts'
import { digestOf, newSecret } from './secret.ts'

/** Browsers that may be let in at once; the one let in longest ago goes first. */
const MAX_SESSIONS = 16

const fileSchema = z.object({
  version: z.literal(1),
  sessions: z.array(z.string().check(z.regex(/^[0-9a-f]{64}$/u))).check(z.maxLength(MAX_SESSIONS)),
})

/**
 * The browsers that were let in. Only hashes of their tokens are kept, in `viewer-sessions.json` of the
 * data folder, so that they survive a restart (design.md, The local server).
 */
export class TokenStore {
  readonly #path: string
  #digests: Set<string>

  private constructor(path: string, digests: readonly string[]) {
    this.#path = path
    this.#digests = new Set(digests)
  }

  /** A file that isn't ours, or is damaged, counts as empty: everybody asks to be let in again. */
  static async open(dataFolder: string): Promise<TokenStore> {
    const path = join(dataFolder, 'viewer-sessions.json')
    return new TokenStore(path, parseSessions(await readPrivateFile(path)))
  }

  /** A new token, already safe on disk. It's said once and never stored. */
  async grant(): Promise<string> {
    const token = newSecret()
    const kept = [...this.#digests].slice(-(MAX_SESSIONS - 1))
    await this.#replace([...kept, digestOf(token)])
    return token
  }

  /** Whether a token was granted and not revoked. */
  knows(token: string): boolean {
    return this.#digests.has(digestOf(token))
  }

  /** Makes a token worthless, for good. */
  async revoke(token: string): Promise<void> {
    const digest = digestOf(token)
    await this.#replace([...this.#digests].filter((known) => known !== digest))
  }

  async #replace(digests: readonly string[]): Promise<void> {
    // NOTE: no await before this line, or two grants at once would forget each other.
    this.#digests = new Set(digests)
    await writePrivateFile(this.#path, `${JSON.stringify({ version: 1, sessions: digests })}\n`)
  }
}

function parseSessions(text: string | null): readonly string[] {
  if (text === null) return []
  try {
    return fileSchema.parse(JSON.parse(text)).sessions
  } catch {
    // Damage costs a visit to the launch address and nothing else.
    return []
  }
}
