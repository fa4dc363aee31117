/**
 * A number below 2^32 that stands for a text, always the same: what comes first of things that are otherwise alike may
 * depend on it, and then doesn't depend on the order in which they came. Not for secrets.
 */
export function textHash(...texts: readonly string[]): number {
  let hash = 2166136261
  for (const text of texts)
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  return mixed(hash)
}

/** Another such number, made of two. */
export function mixedHash(first: number, second: number): number {
  return mixed(Math.imul(first ^ second, 16777619))
}

function mixed(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
