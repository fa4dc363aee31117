declare const roleBrand: unique symbol

/**
 * A role that signs for files: `targets` for the publisher, or a curator. An id (feed-format 3.5), so that the name of its
 * file can't lead anywhere.
 */
export type RoleName = string & { readonly [roleBrand]: true }

/** The publisher's own role. */
export const PUBLISHER = 'targets' as RoleName

const TAKEN: ReadonlySet<string> = new Set(['root', 'timestamp', 'snapshot', 'mirrors'])

/** The role that a text names, or `null` (feed-format 11.4). */
export function parseRoleName(text: string): RoleName | null {
  const isId = text.length <= 64 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(text)
  return isId && !TAKEN.has(text) ? (text as RoleName) : null
}

/** The curator that a text names, or `null`: any role but the publisher's. */
export function parseCuratorName(text: string): RoleName | null {
  return text === PUBLISHER ? null : parseRoleName(text)
}
