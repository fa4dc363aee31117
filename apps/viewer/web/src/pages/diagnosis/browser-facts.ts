import { askBrowser } from '../../player/remux/ask-browser.ts'

/** What films are made of, by the names that people know. */
const CODECS = [
  { name: 'H.264', type: 'video/mp4; codecs="avc1.640028, mp4a.40.2"' },
  { name: 'VP9', type: 'video/webm; codecs="vp09.00.10.08, opus"' },
  { name: 'AV1', type: 'video/mp4; codecs="av01.0.08M.08, opus"' },
] as const

/** A codec's name, as {@link BrowserFacts} has it. */
export type CodecName = (typeof CODECS)[number]['name']

/** What this browser can do for films. */
export interface BrowserFacts {
  /** Its name and version, `Firefox 140`; null = it doesn't say in a way that we know. */
  readonly name: string | null
  readonly plays: readonly CodecName[]
  readonly lacks: readonly CodecName[]
  /** It takes films in pieces (Media Source Extensions), also inside a film's own container. */
  readonly takesPieces: boolean
  /** It remembers what the page tells it to. */
  readonly remembers: boolean
}

/** Asks the browser. Nothing leaves the page. */
export function browserFacts(): BrowserFacts {
  const element = document.createElement('video')
  const can = (type: string): boolean => element.canPlayType(type) !== ''
  const { pieces } = askBrowser()
  return {
    name: browserName(navigator.userAgent),
    plays: CODECS.filter(({ type }) => can(type)).map(({ name }) => name),
    lacks: CODECS.filter(({ type }) => !can(type)).map(({ name }) => name),
    takesPieces: Object.values(pieces).some(({ length }) => length > 0),
    remembers: canRemember(),
  }
}

/** Name and main version alone: the rest tells one computer from others. */
export function browserName(userAgent: string): string | null {
  const [, edge] = /\bEdg\/(\d{1,4})\b/u.exec(userAgent) ?? []
  if (edge !== undefined) return `Edge ${edge}`
  const [, name, version] = /\b(?:Headless)?(Firefox|Chrome)\/(\d{1,4})\b/u.exec(userAgent) ?? []
  if (name !== undefined) return `${name} ${version}`
  const [, safari] = /\bVersion\/(\d{1,4})\b.*\bSafari\//u.exec(userAgent) ?? []
  return safari === undefined ? null : `Safari ${safari}`
}

function canRemember(): boolean {
  try {
    localStorage.setItem('matinee.probe', '1')
    localStorage.removeItem('matinee.probe')
    return true
  } catch {
    return false
  }
}
