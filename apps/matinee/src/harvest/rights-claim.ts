/**
 * What strangers say of a film's rights, put into the words of packages/rights. Nothing here makes a work free: a claim
 * is the draft of an entry that nobody verified, and what speaks against it. Pure.
 */
import {
  isAllowed,
  licenceOf,
  licenceOfUrl,
  rightsStatementOfUrl,
  type Licence,
  type RightsStatementId,
} from '@matinee/rights'
import { addressesInHtml, wordsOfHtml } from './html-words.ts'

/** Everything that was said, from wherever it came. */
export interface RightsWords {
  /** Identifiers that the person who wrote the list gives: SPDX or `LicenseRef-`. */
  readonly named: readonly string[]
  /** Addresses in a field for licences. */
  readonly urls: readonly string[]
  /** Texts about rights, HTML or not: a field of an item, the page of a licence. */
  readonly texts: readonly string[]
  /** Words such as `NOT_IN_COPYRIGHT`. */
  readonly statuses: readonly string[]
}

/** Why the film would be free, if it's true. */
export type ClaimedBasis =
  | { readonly kind: 'licence'; readonly licence: string }
  | { readonly kind: 'public-domain-mark'; readonly by: 'other' }
  | { readonly kind: 'rights-statement'; readonly statement: RightsStatementId }

/** What it comes to. */
export interface RightsClaim {
  /** The basis of the entry that is drafted; `null` = there is nothing that a person could confirm. */
  readonly basis: ClaimedBasis | null
  /** The licence, dedication or mark of that basis. */
  readonly licence: Licence | null
  /** What speaks against it, or isn't enough; a person has to answer each. In sentences. */
  readonly doubts: readonly string[]
  /** What follows from it for whoever offers the work. In sentences. */
  readonly duties: readonly string[]
}

const RESERVED = /\ball\s+rights\s+reserved\b|\btous\s+droits\s+réservés\b/iu
const NOT_FREE =
  /\b(?:in[_ -]?copyright|copyrighted\s+material|fair\s+use|no\s+known\s+permission)\b/iu
const NOT_IN_COPYRIGHT = /\bnot[_ -]in[_ -]copyright\b/giu
const CREATIVE_COMMONS = /^https?:\/\/(?:www\.)?creativecommons\.org\/(?:licenses|publicdomain)\b/iu

/** Identifiers of the licences that a page links to or writes out. */
export function licencesInPage(page: string): readonly string[] {
  const licences = addressesInHtml(page).map(licenceOfUrl)
  return distinct(licences).map(({ id }) => id)
}

/**
 * Reads all that was said. Two licences that differ are none.
 *
 * @param page what the page of the licence names, by {@link licencesInPage}; `null` = there is no such page
 */
export function claimOf(words: RightsWords, page: readonly string[] | null): RightsClaim {
  const said = claimOfWords(words)
  if (page === null) return said
  if (said.licence === null && said.basis === null && words.named.length === 0)
    return claimOfWords({ ...words, named: page })
  const id = said.licence?.id
  if (id === undefined || page.length === 0)
    return doubted(said, 'the page of its licence names none with its version')
  if (!page.includes(id)) return doubted(said, `the page of its licence names ${page.join(', ')}`)
  return page.length === 1 ? said : doubted(said, `its page names several: ${page.join(', ')}`)
}

function doubted(claim: RightsClaim, doubt: string): RightsClaim {
  return { ...claim, doubts: unique([...claim.doubts, doubt]) }
}

function claimOfWords(words: RightsWords): RightsClaim {
  const doubts: string[] = []
  const urls = [...words.urls, ...words.texts.flatMap(addressesInHtml)]
  const licences = distinct([
    ...words.named.map((id) => licenceOf(id) ?? unknownTo(doubts, id)),
    ...urls.map((url) => licenceOfUrl(url) ?? unversioned(doubts, url)),
  ])
  const statements = new Set(urls.flatMap((url) => rightsStatementOfUrl(url)?.id ?? []))
  doubts.push(...saidAgainst(words))
  if (licences.length > 1) {
    const names = licences.map(({ shortName }) => shortName).join(', ')
    doubts.push(`it says several licences, which can't all be meant: ${names}`)
    return { basis: null, licence: null, doubts: unique(doubts), duties: [] }
  }
  const [licence] = licences
  const [statement] = statements
  if (licence !== undefined && statement !== undefined)
    doubts.push(`it also carries the statement ${statement} of rightsstatements.org`)
  if (licence !== undefined) return ofLicence(licence, doubts)
  if (statement !== undefined) return ofStatement(statement, doubts)
  doubts.push('nothing that was said names a licence with its version')
  return { basis: null, licence: null, doubts: unique(doubts), duties: [] }
}

function ofLicence(licence: Licence, doubts: string[]): RightsClaim {
  const { share, translate, sell } = licence.permissions
  const duties: string[] = []
  if (!isAllowed(share)) doubts.push('it doesn’t let everybody pass copies on')
  if (!isAllowed(sell))
    duties.push('no payment may stand between viewer and film; who earns money leaves it out')
  if (!isAllowed(translate))
    duties.push('it stays as it is: no cut, and no subtitles but its maker’s own')
  if (share.kind === 'yes-if' && share.conditions.includes('licence-text'))
    duties.push(
      'its whole text has to come with every copy: the release is to be built anew with it',
    )
  if (licence.kind === 'mark') {
    doubts.push('a mark is somebody’s opinion: it needs the word of who held the rights, or a term')
    const basis: ClaimedBasis = { kind: 'public-domain-mark', by: 'other' }
    return { basis, licence, doubts: unique(doubts), duties }
  }
  const basis: ClaimedBasis = { kind: 'licence', licence: licence.id }
  return { basis, licence, doubts: unique(doubts), duties }
}

function ofStatement(statement: RightsStatementId, doubts: string[]): RightsClaim {
  doubts.push(`the statement ${statement} grants nothing; it is what an archive says`)
  const basis: ClaimedBasis = { kind: 'rights-statement', statement }
  return { basis, licence: null, doubts: unique(doubts), duties: [] }
}

function saidAgainst({ texts, statuses }: RightsWords): string[] {
  const said = [...texts.map(wordsOfHtml), ...statuses].map((each) =>
    each.replaceAll(NOT_IN_COPYRIGHT, ' '),
  )
  const against: string[] = []
  if (said.some((each) => RESERVED.test(each))) against.push('it says “all rights reserved”')
  if (said.some((each) => NOT_FREE.test(each)))
    against.push('it speaks of copyright as of something that holds')
  return against
}

function unknownTo(doubts: string[], id: string): null {
  doubts.push(`“${id.slice(0, 80)}” is no licence that we know`)
  return null
}

function unversioned(doubts: string[], url: string): null {
  if (CREATIVE_COMMONS.test(url))
    doubts.push('an address of Creative Commons names no text of theirs')
  return null
}

function distinct(licences: readonly (Licence | null)[]): Licence[] {
  return [...new Set(licences.filter((licence) => licence !== null))]
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]
