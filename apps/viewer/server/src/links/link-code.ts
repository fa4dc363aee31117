import { createHash, randomBytes } from 'node:crypto'

/** Crockford's letters: none is taken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const IS_LETTERS = /^[0-9A-HJKMNP-TV-Z]+$/u
/** Nineteen by chance, 95 bits, and one that finds slips of the pen. */
const CODE_LETTERS = 20

/** A new code that links two computers, once, as it's shown: five groups of four. */
export function newLinkCode(): string {
  const chance = [...randomBytes(CODE_LETTERS - 1)].map((byte) => LETTERS[byte % 32]).join('')
  return (chance + checkLetter(chance)).replaceAll(/.{4}(?=.)/gu, '$&-')
}

/** What somebody typed as the code that was meant, however it was grouped; null = there is a slip in it. */
export function parseLinkCode(typed: string): string | null {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1')
  const chance = letters.slice(0, -1)
  if (letters.length !== CODE_LETTERS || !IS_LETTERS.test(letters)) return null
  if (checkLetter(chance) !== letters.at(-1)) return null
  return letters.replaceAll(/.{4}(?=.)/gu, '$&-')
}

function checkLetter(chance: string): string {
  const [first = 0] = createHash('sha256').update(`matinee link code ${chance}`).digest()
  return LETTERS[first % 32] ?? ''
}
