import { LIMITS } from '@matinee/base'
import { parseSubtitles, plainText, SubtitleError, USUAL_PLACE, writeVtt } from '@matinee/media'
import { creditFile } from '@matinee/rights'
import { ReleaseError, type ChapterSource, type ReleaseOrder } from './release-order.ts'

/** LICENSE: what the film may be used for, by its licence's name, address and text. It travels in the torrent (CC 3.0 §4(a)). */
export function licenceFile({ title, terms, licenceText }: ReleaseOrder): string {
  const head = `${title}\n\n`
  const text = licenceText === null ? '' : `\n${licenceText.trimEnd()}\n`
  switch (terms.kind) {
    case 'licence': {
      const { name, id, url, legalTextUrl } = terms.licence
      return `${head}${name} (${id})\n${url}\n\nThe whole legal text: ${legalTextUrl}\n${text}`
    }
    case 'public-domain':
      return `${head}Public domain: no rights are known that keep anybody from copying and sharing this film${inPlaces(terms.places)}.\n${text}`
    case 'own-terms':
      return `${head}The maker's own terms:\n${text}`
  }
}

function inPlaces(places: readonly string[]): string {
  const isEverywhere = places.length === 0 || places.includes('worldwide')
  return isEverywhere ? '' : `, in these places: ${places.join(', ')}`
}

/** ATTRIBUTION.txt: who is to be named, and for what. */
export function attributionFile({ credit, terms }: ReleaseOrder): string {
  return creditFile('en', credit, terms)
}

/** Subtitles of any format as WebVTT. Throws {@link ReleaseError} `subtitles`. */
export function subtitleFile(bytes: Uint8Array, path: string, language: string): string {
  return writeVtt(readCues(bytes, path, language))
}

/**
 * Chapters out of a WebVTT or SubRip file, a cue for each, its text the title. Throws {@link ReleaseError} `subtitles`.
 *
 * @param language of the titles
 */
export function readChapters(bytes: Uint8Array, path: string, language: string): ChapterSource[] {
  const starts = new Set<number>()
  return readCues(bytes, path, language).flatMap((cue) => {
    if (starts.has(cue.startSeconds)) return []
    starts.add(cue.startSeconds)
    const title = plainText(cue).replaceAll('\n', ' ')
    return [{ startSeconds: cue.startSeconds, titles: { [language]: title } }]
  })
}

/** chapters.vtt of one language: each lasts until the next begins. `null` = no chapter has a title in it. */
export function chapterFile(
  chapters: readonly ChapterSource[],
  language: string,
  durationSeconds: number,
): string | null {
  const cues = chapters.flatMap(({ startSeconds, titles }, at) => {
    const text = titles[language]
    const endSeconds = Math.min(chapters[at + 1]?.startSeconds ?? Infinity, durationSeconds)
    if (text === undefined || endSeconds <= startSeconds) return []
    const lines = [[{ text, isItalic: false, isBold: false }]]
    return [{ startSeconds, endSeconds, lines, place: USUAL_PLACE }]
  })
  return cues.length === 0 ? null : writeVtt(cues.slice(0, LIMITS.subtitleCues))
}

function readCues(
  bytes: Uint8Array,
  path: string,
  language: string,
): ReturnType<typeof parseSubtitles>['cues'] {
  try {
    return parseSubtitles(bytes, { language }).cues
  } catch (cause) {
    if (!(cause instanceof SubtitleError)) throw cause
    throw new ReleaseError('subtitles', `${path}: ${cause.message}`, { cause })
  }
}
