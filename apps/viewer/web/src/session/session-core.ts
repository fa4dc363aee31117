import type { ClientError } from '../api/client.ts'

/** Whether this browser may use the server. */
export type SessionState =
  | { readonly kind: 'entering' }
  | { readonly kind: 'in' }
  /** `launch-code`: the address was used before. `no-session`: there never was one, or it was revoked. */
  | { readonly kind: 'out'; readonly why: 'launch-code' | 'no-session' }

/** Where the token is kept between visits: localStorage, because cookies go to every port of 127.0.0.1. */
export interface TokenKeeper {
  get(): string | null
  set(token: string | null): void
}

/** The code in the fragment of the launch address, or null. */
export function launchCode(fragment: string): string | null {
  return /^#launch=([\w-]{1,64})$/u.exec(fragment)?.[1] ?? null
}

/** What getting in needs of the outside. */
export interface SessionPorts {
  readonly keeper: TokenKeeper
  readonly enter: (code: string) => Promise<string>
  /** Throws when the kept token isn't good (any more). */
  readonly tryToken: () => Promise<unknown>
  readonly codeOf: (error: unknown) => ClientError['code']
}

/**
 * Gets in: by the launch code when there is one, else by the token of an earlier visit. A code that was used
 * does no harm in a browser that is in already.
 *
 * Throws what the server threw unless it said no: then nothing is known, and it's tried again later.
 */
export async function enterSession(
  code: string | null,
  ports: SessionPorts,
): Promise<Exclude<SessionState, { kind: 'entering' }>> {
  let refused: 'launch-code' | 'no-session' = 'no-session'
  if (code !== null) {
    try {
      ports.keeper.set(await ports.enter(code))
      return { kind: 'in' }
    } catch (error) {
      if (ports.codeOf(error) !== 'launch-code') throw error
      refused = 'launch-code'
    }
  }
  if (ports.keeper.get() === null) return { kind: 'out', why: refused }
  try {
    await ports.tryToken()
    return { kind: 'in' }
  } catch (error) {
    // Let in, and asked next who watches.
    if (ports.codeOf(error) === 'no-profile') return { kind: 'in' }
    if (ports.codeOf(error) !== 'no-session') throw error
    ports.keeper.set(null)
    return { kind: 'out', why: refused }
  }
}
