import type { Basis } from './entry/rights-entry.ts'
import { type Licence, licenceOf } from './licence/licence.ts'
import { type RightsLanguage, rightsText, scopeText } from './message/message.ts'
import type { Scope } from './territory.ts'

/** What a credit is made of: title, author, source and licence, and what their texts ask besides. */
export interface Credit {
  readonly title: string
  /** Makers as they want to be named; empty when nobody is known. */
  readonly authors: readonly string[]
  /** Shown for works in the public domain, which carry no date otherwise. */
  readonly year: number | null
  /** Where the work comes from; an http(s) URL. */
  readonly sourceUrl: string | null
  /** The maker's own words for the credit; they stand in the place of the authors. */
  readonly requestedForm: string | null
  /** Kept as it is, beside the authors: `© 2008 Blender Foundation`. */
  readonly copyrightNotice: string | null
  /** What was changed, by whom and when; `null` = nothing. Every CC licence wants it said (4.0 §3(a)(1)(B)). */
  readonly modifications: string | null
  /** The maker asks that the film's own credits are shown with it; they're never skipped by themselves. */
  readonly creditsMustPlay: boolean
}

/** One part of a credit, in the order in which it's read. */
export interface CreditPart {
  readonly kind: 'title' | 'author' | 'notice' | 'year' | 'source' | 'licence' | 'modified'
  /** One line, for showing. */
  readonly text: string
  /** What to link to, or `null`. */
  readonly url: string | null
}

/** Under what a work is credited. */
export type CreditTerms =
  | { readonly kind: 'licence'; readonly licence: Licence }
  /** `places` = where it's free; empty or `worldwide` = nothing to add. */
  | { readonly kind: 'public-domain'; readonly places: readonly Scope[] }
  /** The maker's own text. */
  | { readonly kind: 'own-terms' }

/**
 * The terms of a rights entry's basis; `null` for one that frees nothing or names a licence that we
 * don't know.
 *
 * @param places where the work is offered, for the public domain
 */
export function creditTerms(basis: Basis, places: readonly Scope[]): CreditTerms | null {
  switch (basis.kind) {
    case 'licence':
      return licenceTerms(basis.licence)
    case 'submission':
      return basis.terms.kind === 'licence'
        ? licenceTerms(basis.terms.licence)
        : { kind: 'own-terms' }
    case 'public-domain-term':
    case 'public-domain-mark':
    case 'rights-statement':
      return { kind: 'public-domain', places }
    case 'in-copyright':
    case 'disputed':
      return null
  }
}

function licenceTerms(id: string): CreditTerms | null {
  const licence = licenceOf(id)
  return licence === null ? null : { kind: 'licence', licence }
}

/** The parts of a credit, for a page that links title and licence. */
export function creditParts(
  language: RightsLanguage,
  credit: Credit,
  terms: CreditTerms,
): readonly CreditPart[] {
  const { sourceUrl } = credit
  const parts: CreditPart[] = []
  const add = (kind: CreditPart['kind'], text: string | null, url: string | null = null): void => {
    const line = text === null ? '' : oneLine(text)
    if (line !== '') parts.push({ kind, text: line, url })
  }
  add('title', rightsText(language, 'rights.credit.title', { title: oneLine(credit.title) }))
  add('author', credit.requestedForm ?? credit.authors.map(oneLine).join(', '))
  add('notice', credit.copyrightNotice)
  if (terms.kind === 'public-domain') add('year', credit.year === null ? null : String(credit.year))
  if (sourceUrl !== null) add('source', sourceName(sourceUrl), sourceUrl)
  add('licence', termsText(language, terms), terms.kind === 'licence' ? terms.licence.url : null)
  const { modifications } = credit
  if (modifications !== null) {
    add('modified', rightsText(language, 'rights.credit.modified', { modifications }))
  }
  return parts
}

/**
 * A credit in one line, as the card shows it and its button copies it:
 * `“Sintel” by Blender Foundation, durian.blender.org, CC BY 3.0`.
 */
export function creditLine(language: RightsLanguage, credit: Credit, terms: CreditTerms): string {
  const parts = creditParts(language, credit, terms)
  return parts.reduce((line, part, at) => {
    if (at === 0) return part.text
    // The maker's own words may begin with anything: they stand apart, not behind "by".
    const isBy = part.kind === 'author' && credit.requestedForm === null
    if (!isBy) return `${line}, ${part.text}`
    return rightsText(language, 'rights.credit.title-by', { title: line, authors: part.text })
  }, '')
}

/**
 * A credit for a file beside the film or inside its torrent: one part a line, with whole URLs (CC 3.0
 * section 4(a) wants the licence's with every copy), ending with a line feed.
 */
export function creditFile(language: RightsLanguage, credit: Credit, terms: CreditTerms): string {
  const lines = creditParts(language, credit, terms).flatMap((part) => {
    if (part.kind === 'source') return part.url === null ? [] : [oneLine(part.url)]
    const name =
      part.kind === 'licence' && terms.kind === 'licence' ? terms.licence.name : part.text
    return part.url === null ? [name] : [name, oneLine(part.url)]
  })
  if (credit.creditsMustPlay) lines.push(rightsText(language, 'rights.credit.titles-play'))
  return lines.map((line) => `${line}\n`).join('')
}

function termsText(language: RightsLanguage, terms: CreditTerms): string {
  if (terms.kind === 'licence') return terms.licence.shortName
  if (terms.kind === 'own-terms') return rightsText(language, 'rights.credit.own-terms')
  if (terms.places.length === 0 || terms.places.includes('worldwide')) {
    return rightsText(language, 'rights.credit.public-domain')
  }
  const places = terms.places.map((place) => scopeText(language, place)).join(', ')
  return rightsText(language, 'rights.credit.public-domain-in', { places })
}

/** A site's name where the URL has one: `durian.blender.org`. */
function sourceName(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : url
}

/** A credit never breaks into lines that somebody else's title chose. Unbreakable spaces stay. */
function oneLine(text: string): string {
  return text.replaceAll(/[ \p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
