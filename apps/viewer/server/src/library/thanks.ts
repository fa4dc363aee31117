import type { Thanks, ThanksChannel } from '#api'
import {
  creditOf,
  foldText,
  rightsWorkOf,
  type DonationChannel,
  type Release,
  type WorkRecord,
} from '@matinee/catalogue'
import { verdict as verdictOf, type Verdict } from '@matinee/rights'
import type { Viewer } from './viewer.ts'
import { serverText } from './words/server-words.ts'

/** Who stands behind a record: those who wrote Matinee, or a feed that signed it, by its name. */
export type RecordSigner =
  | { readonly kind: 'bundled' }
  | { readonly kind: 'signed'; readonly name: string }

/**
 * How a work's makers take thanks; null = its record names no way that can be shown. Beside a work that is only for
 * non-commercial use, none but the licensor's own: nobody else may gain by it.
 */
export function thanksFor(
  record: WorkRecord,
  release: Release | undefined,
  signer: RecordSigner,
  viewer: Viewer,
): Thanks | null {
  const { language, territory, today } = viewer
  const verdict = verdictOf(rightsWorkOf(record, release), territory, today)
  const channels = record.donations
    .filter(({ payee }) => mayGain(payee, record, verdict))
    .flatMap((channel) => channelLine(channel, viewer) ?? [])
  if (channels.length === 0) return null
  const proof =
    signer.kind === 'bundled'
      ? serverText(language, 'thanks.bundled')
      : serverText(language, 'thanks.signed', { signer: signer.name })
  return { tone: toneOf(record, verdict), channels, proof }
}

function mayGain(payee: string, record: WorkRecord, verdict: Verdict): boolean {
  if (verdict.kind !== 'offered' || verdict.permissions.sell.kind !== 'no') return true
  const { authors } = creditOf(record, verdict.entry)
  return authors.some((author) => foldText(author) === foldText(payee))
}

function toneOf(record: WorkRecord, verdict: Verdict): Thanks['tone'] {
  const basis = verdict.kind === 'offered' ? verdict.entry.basis.kind : null
  if (basis === 'public-domain-term' || basis === 'public-domain-mark') return 'everyone'
  return record.kind === 'short' || record.genres.includes('animation') ? 'hand-made' : 'plain'
}

/** A payee's own page or address; null = of a kind that nobody can open (feed-format 4.6). */
function channelLine(channel: DonationChannel, { language }: Viewer): ThanksChannel | null {
  const { kind, payee } = channel
  switch (kind) {
    case 'liberapay':
    case 'open-collective':
    case 'github-sponsors': {
      const url = `${ACCOUNT_PAGES[kind]}${encodeURIComponent(channel.account)}`
      const label = serverText(language, `donation.${kind}`, { payee })
      return { label, way: { kind: 'page', url } }
    }
    case 'payment-link': {
      const label = serverText(language, 'donation.page', { payee })
      return { label, way: { kind: 'page', url: channel.url } }
    }
    case 'lightning': {
      const label = serverText(language, 'donation.lightning', { payee })
      return { label, way: { kind: 'lightning', address: channel.address } }
    }
    case 'web-monetization':
    case 'funding-manifest':
      return null
  }
}

const ACCOUNT_PAGES = {
  liberapay: 'https://liberapay.com/',
  'open-collective': 'https://opencollective.com/',
  'github-sponsors': 'https://github.com/sponsors/',
} as const
