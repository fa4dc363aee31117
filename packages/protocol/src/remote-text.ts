import { LIMITS } from '@matinee/base'

// UTF-8 needs at most four bytes a character; what is behind them is never looked at.
const LOOKED_AT_BYTES = 4 * LIMITS.remoteTextCharacters

const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * A stranger's words as one line of plain text, at most `LIMITS.remoteTextCharacters` UTF-16 units:
 * no control characters, nothing invisible that turns the direction of what stands beside it.
 * Bytes that are not UTF-8 become U+FFFD. Still text: whoever shows it must not read it as markup.
 */
export function remoteText(bytes: Uint8Array): string {
  const text = lenientUtf8
    .decode(bytes.subarray(0, LOOKED_AT_BYTES))
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .trim()
    .slice(0, LIMITS.remoteTextCharacters)
  // The cut may have split a pair.
  return text.isWellFormed() ? text : text.slice(0, -1)
}
