import { parseUtf8 } from '@matinee/base'
import { guessCharset } from './charset-guess.ts'
import { SubtitleError } from './subtitle-error.ts'

/** What a reader knows of a file's charset besides its bytes. */
export interface CharsetHints {
  /** A label of the Encoding Standard that somebody chose by hand (`windows-1251`). Nothing is guessed then. */
  readonly charset?: string
  /** The language of the text (BCP 47), which tells apart what bytes alone can't. */
  readonly language?: string
}

/** Text, and the charset it was read with (a label of the Encoding Standard). */
export interface DecodedText {
  readonly text: string
  readonly charset: string
}

/**
 * The text of bytes of unknown charset: a byte order mark decides, then strict UTF-8, then the zeros that
 * UTF-16 leaves in any subtitle, then a guess. Throws {@link SubtitleError} `unknown-charset` for a label
 * that nobody knows.
 */
export function decodeText(bytes: Uint8Array, hints: CharsetHints = {}): DecodedText {
  if (hints.charset !== undefined) return decodeAs(bytes, hints.charset)
  const marked = markedCharset(bytes)
  if (marked) return decodeAs(bytes, marked)
  const utf8 = parseUtf8(bytes)
  // Text of zeros between ASCII is valid UTF-8 too, but nobody writes it.
  const wide = zeroCharset(bytes)
  if (wide) return decodeAs(bytes, wide)
  if (utf8 !== null) return { text: utf8, charset: 'utf-8' }
  return decodeAs(bytes, guessCharset(bytes, hints.language))
}

function markedCharset(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** Digits, blanks and line ends of a subtitle have a zero byte each in UTF-16, always on the same side. */
function zeroCharset(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, 4096) & ~1
  let [even, odd] = [0, 0]
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  const few = length / 100
  if (odd > length / 20 && even < few) return 'utf-16le'
  return even > length / 20 && odd < few ? 'utf-16be' : null
}

/** The text; bytes that mean nothing become U+FFFD, a byte order mark goes. */
function decodeAs(bytes: Uint8Array, label: string): DecodedText {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(label)
  } catch {
    throw new SubtitleError('unknown-charset', `no charset is called "${label.slice(0, 40)}"`)
  }
  return { text: decoder.decode(bytes), charset: decoder.encoding }
}
