import type { RightsSlip } from '#api'
import { creditOf, rightsWorkOf, type Release, type WorkRecord } from '@matinee/catalogue'
import {
  ACTS,
  NOTHING_KNOWN,
  creditLine,
  creditTerms,
  dateText,
  licenceOf,
  missingText,
  permissionText,
  refusalText,
  rightsCard,
  rightsStatementOf,
  rightsText,
  scopeText,
  type Basis,
  type RightsEntry,
  type RightsWork,
  type Scope,
} from '@matinee/rights'
import type { Viewer } from '../viewer.ts'
import { serverText } from './server-words.ts'

/** More places than this are no longer read. */
const MOST_PLACES = 12

/**
 * The card "May I watch and share this?" of a work for a viewer, in words.
 *
 * @param release the one that is to be played; left out: the work's first
 * @param title in the viewer's language, for credits that name none
 */
export function rightsSlip(
  record: WorkRecord,
  viewer: Viewer,
  title: string,
  release?: Release,
): Omit<RightsSlip, 'source'> {
  const { language, territory, today } = viewer
  const work = rightsWorkOf(record, release)
  const { answer, verdict, places } = rightsCard(work, territory, today)
  const entry = verdict.kind === 'offered' ? verdict.entry : filmEntry(work)
  const permissions = verdict.kind === 'offered' ? verdict.permissions : NOTHING_KNOWN
  const where = placesText(places, viewer)
  const elsewhere =
    answer === 'depends' ? ` ${serverText(language, 'slip.elsewhere', { places: where })}` : ''
  const checks = entry?.checks ?? []
  return {
    answer,
    sentence:
      verdict.kind === 'offered'
        ? freeSentence(verdict.entry.basis, viewer)
        : `${refusalText(language, verdict.refusal)}${elsewhere}`,
    permissions: ACTS.map((act) => ({
      use: act,
      label: rightsText(language, `rights.act.${act}`),
      kind: permissions[act].kind,
      words: permissionText(language, permissions[act]),
    })),
    licence: licenceWords(entry?.basis, viewer),
    where,
    confidence:
      verdict.kind === 'offered'
        ? rightsText(language, `rights.confidence.${verdict.confidence}`)
        : '',
    evidence: (entry?.evidence ?? []).map(({ kind, speaker, url, on }) => ({
      words: serverText(language, 'slip.evidence', {
        kind: rightsText(language, `rights.evidence.${kind}`),
        speaker: rightsText(language, `rights.speaker.${speaker}`),
      }),
      url: safeLink(url),
      date: dateText(language, on),
    })),
    checked:
      checks.length === 0
        ? null
        : checks
            .map(({ by, on }) =>
              serverText(language, 'slip.checked', { who: by, day: dateText(language, on) }),
            )
            .join(' '),
    missing: verdict.missing.map((lack) =>
      serverText(language, 'slip.missing', { missing: missingText(language, lack) }),
    ),
    attribution: entry === undefined ? '' : attributionText(record, entry, places, viewer, title),
  }
}

/** Title, author, source and licence in one line, for a work that is offered; else empty. */
export function attributionOf(
  record: WorkRecord,
  viewer: Viewer,
  title: string,
  release: Release,
): string {
  const work = rightsWorkOf(record, release)
  const { verdict, places } = rightsCard(work, viewer.territory, viewer.today)
  if (verdict.kind !== 'offered') return ''
  return attributionText(record, verdict.entry, places, viewer, title)
}

function attributionText(
  record: WorkRecord,
  entry: RightsEntry,
  places: readonly Scope[],
  { language }: Viewer,
  title: string,
): string {
  const terms = creditTerms(entry.basis, places)
  return terms === null ? '' : creditLine(language, creditOf(record, entry, title), terms)
}

function filmEntry({ entries }: RightsWork): RightsEntry | undefined {
  return entries.find(({ component }) => component === 'film')
}

function freeSentence(basis: Basis, { language }: Viewer): string {
  const words = rightsText(language, `rights.basis.${basis.kind}`)
  const id = licenceIdOf(basis)
  const licence = id === null ? null : licenceOf(id)
  return licence === null
    ? serverText(language, 'slip.free', { basis: words })
    : serverText(language, 'slip.free-by', { basis: words, licence: licence.name })
}

function licenceIdOf(basis: Basis): string | null {
  if (basis.kind === 'licence') return basis.licence
  return basis.kind === 'submission' && basis.terms.kind === 'licence' ? basis.terms.licence : null
}

function licenceWords(basis: Basis | undefined, { language }: Viewer): RightsSlip['licence'] {
  if (basis === undefined) return { name: '', url: null }
  const id = licenceIdOf(basis)
  const licence = id === null ? null : licenceOf(id)
  if (licence !== null) return { name: licence.name, url: safeLink(licence.url) }
  if (basis.kind === 'rights-statement') {
    const statement = rightsStatementOf(basis.statement)
    return { name: statement?.name ?? basis.statement, url: safeLink(statement?.url ?? null) }
  }
  return { name: rightsText(language, `rights.basis.${basis.kind}`), url: null }
}

function placesText(places: readonly Scope[], { language }: Viewer): string {
  if (places.length === 0) return serverText(language, 'slip.nowhere')
  const names = places.slice(0, MOST_PLACES).map((place) => scopeText(language, place))
  return `${names.join(', ')}${places.length > MOST_PLACES ? ' …' : ''}`
}

/** A link that a page may carry. */
function safeLink(url: string | null): string | null {
  return url !== null && /^https?:\/\//iu.test(url) ? url : null
}
