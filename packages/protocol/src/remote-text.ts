import { LIMITS } from '@matinee/base'
import { cleanText, lenientText } from './metainfo/display-text.ts'

// UTF-8 needs at most four bytes a character; what is behind them is never looked at.
const LOOKED_AT_BYTES = 4 * LIMITS.remoteTextCharacters

/**
 * A stranger's words as one line of plain text, at most `LIMITS.remoteTextCharacters` code points,
 * without controls and hidden characters. Still text: whoever shows it must not read it as markup.
 */
export function remoteText(bytes: Uint8Array): string {
  return cleanText(lenientText(bytes.subarray(0, LOOKED_AT_BYTES)), LIMITS.remoteTextCharacters)
}
