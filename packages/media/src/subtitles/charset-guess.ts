/** How the text of one charset looks, most frequent letters of its languages first. */
interface Candidate {
  readonly charset: string
  readonly languages: readonly string[]
  /**
   * `latin`: letters beyond ASCII stand alone between ASCII ones; `other`: they make whole words; `east`:
   * two bytes each.
   */
  readonly kind: 'latin' | 'other' | 'east'
  /** Letters that make it likely. */
  readonly frequent: RegExp
  /** Letters that are possible. */
  readonly possible: RegExp
}

const CANDIDATES: readonly Candidate[] = [
  latin(
    'windows-1252',
    'en,fr,de,es,it,pt,nl,sv,da,nb,nn,no,fi,is,ca',
    'éèàçêîôûùëïâäöüßñáíóúãõåæøœÉÀ',
  ),
  latin('windows-1250', 'pl,cs,sk,hu,ro,hr,sl,bs,sq', 'ąćęłńóśźżčďěňřšťůúýžáéíőűöüľĺŕăâîţşđ'),
  latin('windows-1254', 'tr,az', 'ğışçöüİâî'),
  latin('windows-1257', 'lt,lv,et', 'ąčęėįšųūžāēģīķļņõäöü'),
  other('windows-1251', 'ru,uk,be,bg,sr,mk', 'оеаинтсрвлкмдпуяыьіїє', /[\u0400-\u045f]/u),
  other('koi8-r', 'ru,bg', 'оеаинтсрвлкмдпуяыь', /[\u0400-\u045f]/u),
  other('windows-1253', 'el', 'αοιετνσηυρπκμλςάίόέή', /[\u0370-\u03ff]/u),
  other('windows-1255', 'he', 'יולהארתמשבנדעק', /[\u0590-\u05ff]/u),
  other('windows-1256', 'ar,fa,ur', 'اليمونرتبةعدسفه', /[\u0600-\u06ff]/u),
  other('windows-874', 'th', 'านรอกเงมยลวดทสตะปบคห่้ั', /[\u0e00-\u0e7f]/u),
  east('shift_jis', 'ja', /[\u3040-\u30ff]/u),
  east(
    'euc-kr',
    'ko',
    /[이다는을가에지고어나요아하한의도그거니사로라해있게무것도안네면서자인기일]/u,
  ),
  east('gb18030', 'zh,zh-cn,zh-hans', /[的一是不了我你他这有在人们来就说那会好要]/u),
  east('big5', 'zh-tw,zh-hk,zh-hant', /[的一是不了我你他這有在人們來就說那會好要]/u),
]

/** Signs that text of any language has, and that therefore say nothing. */
const NEUTRAL = /[\u0000-\u007f\u00a0«»“”„‘’‚–—…¿¡•°♪€、。，！？「」『』…·\u3000\uff00-\uffef]/u // oxlint-disable-line no-control-regex

/** Bytes that are looked at: lines with something beyond ASCII. */
const SAMPLE_BYTES = 16 * 1024

/**
 * The charset (a label of the Encoding Standard) that makes most sense of bytes which are not UTF-8. The
 * `language` (BCP 47) weighs in. Always answers; with nothing to go by `windows-1252`.
 */
export function guessCharset(bytes: Uint8Array, language?: string): string {
  const sample = sampleOf(bytes)
  if (isMostlyUtf8(sample)) return 'utf-8'
  const tags = language?.toLowerCase() ?? ''
  let best = { charset: 'windows-1252', score: 0 }
  for (const candidate of CANDIDATES) {
    const text = new TextDecoder(candidate.charset).decode(sample)
    const isSpoken = candidate.languages.some((tag) => tags === tag || tags.startsWith(`${tag}-`))
    const score = likeness(text, candidate) + (isSpoken ? 0.5 : 0)
    if (score > best.score) best = { charset: candidate.charset, score }
  }
  return best.charset
}

/** From about -1 (nonsense) to 1 (just what this charset is for), over all characters beyond ASCII. */
function likeness(text: string, { kind, frequent, possible }: Candidate): number {
  let [total, sum] = [0, 0]
  let before = ' '
  for (const character of text) {
    if (!NEUTRAL.test(character)) {
      const isPair = kind === 'east'
      const stands = kind === 'latin' ? !/[^\u0000-\u02ff]|[\u0080-\u02ff]/u.test(before) : true // oxlint-disable-line no-control-regex
      const isInWord = kind !== 'other' || !/[a-z]/iu.test(before)
      total += isPair ? 2 : 1
      if (frequent.test(character)) sum += isPair ? 2 : stands && isInWord ? 1 : 0
      else if (possible.test(character)) sum += isPair ? 1 : stands && isInWord ? 0.3 : -0.3
      else sum -= isPair ? 2 : 1
    }
    before = character
  }
  return total === 0 ? 0 : sum / total
}

/** A file of UTF-8 with a few broken characters is still one. */
function isMostlyUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder().decode(sample)
  let [broken, beyond] = [0, 0]
  for (const character of text) {
    if (character === '\ufffd') broken++
    else if (character > '\u007f') beyond++
  }
  return broken * 10 < beyond
}

function sampleOf(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(SAMPLE_BYTES)
  let length = 0
  let lineStart = 0
  let isBeyond = false
  for (let at = 0; at <= bytes.length && length < SAMPLE_BYTES; at++) {
    const byte = bytes[at] ?? 10
    if (byte >= 0x80) isBeyond = true
    if (byte !== 10) continue
    if (isBeyond) {
      const line = bytes.subarray(lineStart, Math.min(at + 1, lineStart + SAMPLE_BYTES - length))
      out.set(line, length)
      length += line.length
    }
    lineStart = at + 1
    isBeyond = false
  }
  return out.subarray(0, length)
}

function latin(charset: string, languages: string, letters: string): Candidate {
  const frequent = new RegExp(`[${letters}]`, 'u')
  return { charset, languages: languages.split(','), kind: 'latin', frequent, possible: /[À-ž]/u }
}

function other(charset: string, languages: string, letters: string, possible: RegExp): Candidate {
  const frequent = new RegExp(`[${letters}]`, 'u')
  return { charset, languages: languages.split(','), kind: 'other', frequent, possible }
}

function east(charset: string, languages: string, frequent: RegExp): Candidate {
  const possible = /[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3]/u
  return { charset, languages: languages.split(','), kind: 'east', frequent, possible }
}
