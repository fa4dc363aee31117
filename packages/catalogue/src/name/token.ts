/** A word of an open vocabulary (feed-format 2.6): a role, a genre, a kind of advisory. */
export type Token = string

/** The token a text is, or `null` (feed-format 2.6). */
export function parseToken(text: string): Token | null {
  return text.length <= 40 && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(text) ? text : null
}
