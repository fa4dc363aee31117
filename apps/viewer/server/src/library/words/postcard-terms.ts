import type { Film } from '#api'
import { rightsWorkOf, type Release, type WorkRecord } from '@matinee/catalogue'
import { isAllowed, verdict as verdictOf } from '@matinee/rights'
import { rightsSlip } from './rights-words.ts'
import type { Viewer } from '../viewer.ts'

/**
 * What a viewer may do with a frame of a film that is handed on. A frame with words and shapes over it is something made of the
 * film; where nothing may be made of it, a plain one may still be passed on; in doubt nothing is.
 */
export function postcardTerms(
  record: WorkRecord,
  viewer: Viewer,
  title: string,
  release: Release,
): Film['postcard'] {
  const { territory, today } = viewer
  const verdict = verdictOf(rightsWorkOf(record, release), territory, today)
  const licenceUrl = rightsSlip(record, viewer, title, release).licence.url
  if (verdict.kind !== 'offered') return { rule: 'none', licenceUrl: null }
  // What is offered may be passed on: that's what offering it over BitTorrent means.
  return { rule: isAllowed(verdict.permissions.remix) ? 'free' : 'unmodified', licenceUrl }
}
