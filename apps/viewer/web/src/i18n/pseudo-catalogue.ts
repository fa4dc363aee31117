/** Marks what follows as right to left, letters of every script; {@link END} ends it. */
const [OVERRIDE, END] = ['\u202e', '\u202c']
/** Keeps a value that is put in apart from what stands around it. */
const [ISOLATE, END_OF_ISOLATE] = ['\u2068', '\u2069']

/**
 * English as a language that is written from right to left and needs more room: for looking at the pages
 * laid out the other way round, not a language that anybody chooses.
 */
export function pseudoStrings(english: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...english].map(([key, text]) => [key, pseudoText(text)]))
}

/** A string about 40 % longer, its words turned round and its values whole. */
export function pseudoText(text: string): string {
  return text
    .split(/(\{\{\w+\}\})/u)
    .map((part) =>
      part.startsWith('{{')
        ? `${ISOLATE}${part}${END_OF_ISOLATE}`
        : part.replaceAll(/\S+/gu, (word) => `${OVERRIDE}${longer(word)}${END}`),
    )
    .join('')
}

function longer(word: string): string {
  return word.replaceAll(/[aeiouy]/giu, (vowel) => vowel + vowel.toLowerCase())
}
