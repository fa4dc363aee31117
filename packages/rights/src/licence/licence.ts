import { EVERYTHING, type Permissions, UNKNOWN, YES, yesIf } from '../permission.ts'
import { CC_IDS, type CcId, type CcParts, type PortedCcId, parseCcId } from './cc-id.ts'
import { suiteName, suitePermissions } from './cc-suite.ts'

/** Identifiers of the GNU Free Documentation License that SPDX doesn't deprecate. */
export const GFDL_IDS = [
  'GFDL-1.1-only',
  'GFDL-1.1-or-later',
  'GFDL-1.1-invariants-only',
  'GFDL-1.1-invariants-or-later',
  'GFDL-1.1-no-invariants-only',
  'GFDL-1.1-no-invariants-or-later',
  'GFDL-1.2-only',
  'GFDL-1.2-or-later',
  'GFDL-1.2-invariants-only',
  'GFDL-1.2-invariants-or-later',
  'GFDL-1.2-no-invariants-only',
  'GFDL-1.2-no-invariants-or-later',
  'GFDL-1.3-only',
  'GFDL-1.3-or-later',
  'GFDL-1.3-invariants-only',
  'GFDL-1.3-invariants-or-later',
  'GFDL-1.3-no-invariants-only',
  'GFDL-1.3-no-invariants-or-later',
] as const

type GfdlId = (typeof GFDL_IDS)[number]
type OtherId = 'CC0-1.0' | 'CC-PDDC' | 'CC-PDM-1.0' | 'LAL-1.2' | 'LAL-1.3'

/** An SPDX identifier that works use. */
export type SpdxId = CcId | GfdlId | OtherId

/** What a rights entry may name: an SPDX identifier, or a Creative Commons port that SPDX lacks. */
export type LicenceId = SpdxId | PortedCcId

/** A licence, dedication or mark as it's shown, linked and obeyed. */
export interface Licence {
  readonly id: LicenceId
  /**
   * A `licence` is granted by who holds the rights; a `dedication` gives them up; a `mark` is only
   * somebody's statement that there are none, and proves nothing by itself.
   */
  readonly kind: 'licence' | 'dedication' | 'mark'
  /** The full name with its version, in English. */
  readonly name: string
  /** As credits write it: `CC BY-SA 3.0`. */
  readonly shortName: string
  /** The version, such as `3.0`; empty for the one tool that has none. */
  readonly version: string
  /** The page for people; this is what a credit links to. */
  readonly url: string
  /** The legal text. */
  readonly legalTextUrl: string
  readonly permissions: Permissions
}

const GFDL_PERMISSIONS: Permissions = {
  watch: YES,
  share: yesIf('attribution', 'licence-text'),
  // It lets one "publicly display copies" and is silent on performances: nobody has settled that.
  screen: UNKNOWN,
  translate: yesIf('attribution', 'share-alike', 'licence-text'),
  remix: yesIf('attribution', 'share-alike', 'licence-text'),
  sell: yesIf('attribution', 'licence-text'),
}

const FREE_ART_PERMISSIONS: Permissions = {
  watch: YES,
  share: yesIf('attribution', 'licence-text'),
  screen: yesIf('attribution'),
  translate: yesIf('attribution', 'share-alike', 'licence-text'),
  remix: yesIf('attribution', 'share-alike', 'licence-text'),
  sell: yesIf('attribution', 'licence-text'),
}

const OTHERS: readonly Licence[] = [
  {
    id: 'CC0-1.0',
    kind: 'dedication',
    name: 'Creative Commons Zero 1.0 Universal',
    shortName: 'CC0 1.0',
    version: '1.0',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    legalTextUrl: 'https://creativecommons.org/publicdomain/zero/1.0/legalcode',
    permissions: EVERYTHING,
  },
  {
    id: 'CC-PDDC',
    kind: 'dedication',
    name: 'Creative Commons Public Domain Dedication and Certification',
    shortName: 'CC PDDC',
    version: '',
    url: 'https://creativecommons.org/licenses/publicdomain/',
    legalTextUrl: 'https://creativecommons.org/licenses/publicdomain/',
    permissions: EVERYTHING,
  },
  {
    id: 'CC-PDM-1.0',
    kind: 'mark',
    name: 'Public Domain Mark 1.0',
    shortName: 'PDM 1.0',
    version: '1.0',
    url: 'https://creativecommons.org/publicdomain/mark/1.0/',
    legalTextUrl: 'https://creativecommons.org/publicdomain/mark/1.0/',
    permissions: EVERYTHING,
  },
  freeArt('LAL-1.2', '1.2', 'https://artlibre.org/licence/lal/licence-art-libre-12/'),
  freeArt('LAL-1.3', '1.3', 'https://artlibre.org/'),
]

/** Every licence, dedication and mark that SPDX names and works use, by identifier. */
export const LICENCES: ReadonlyMap<string, Licence> = new Map(
  [...CC_IDS.map((id) => creativeCommons(parseCcId(id))), ...GFDL_IDS.map(gfdl), ...OTHERS].map(
    (licence) => [licence.id, licence],
  ),
)

/**
 * The licence of an identifier, or `null` when it isn't one that we know. Also reads ports that SPDX
 * lacks, as `LicenseRef-CC-BY-SA-3.0-FR`. Identifiers compare exactly.
 */
export function licenceOf(id: string): Licence | null {
  const listed = LICENCES.get(id)
  if (listed) return listed
  const ported = parseCcId(id)
  return ported === null ? null : creativeCommons(ported)
}

function creativeCommons({ id, suite, version, port, edition, path }: CcParts): Licence {
  const tail = `${version}${port === null ? '' : ` ${port}`}`
  return {
    id,
    kind: 'licence',
    name: `Creative Commons ${suiteName(suite)} ${version} ${edition}`,
    shortName: `CC ${suite} ${tail}`,
    version,
    url: `https://creativecommons.org/licenses/${path}/`,
    legalTextUrl: `https://creativecommons.org/licenses/${path}/legalcode`,
    permissions: suitePermissions(suite),
  }
}

function gfdl(id: GfdlId): Licence {
  const version = id.slice(5, 8)
  const later = id.endsWith('-or-later') ? ' or later' : ''
  const url =
    version === '1.3'
      ? 'https://www.gnu.org/licenses/fdl-1.3.html'
      : `https://www.gnu.org/licenses/old-licenses/fdl-${version}.html`
  return {
    id,
    kind: 'licence',
    name: `GNU Free Documentation License ${version}${later}${invariants(id)}`,
    shortName: `GFDL ${version}${later === '' ? '' : '+'}`,
    version,
    url,
    legalTextUrl: url.replace(/html$/u, 'txt'),
    permissions: GFDL_PERMISSIONS,
  }
}

function invariants(id: GfdlId): string {
  if (id.includes('-no-invariants')) return ', without invariant sections'
  return id.includes('-invariants') ? ', with invariant sections' : ''
}

function freeArt(id: 'LAL-1.2' | 'LAL-1.3', version: string, url: string): Licence {
  return {
    id,
    kind: 'licence',
    name: `Free Art License ${version}`,
    shortName: `FAL ${version}`,
    version,
    url,
    legalTextUrl: url,
    permissions: FREE_ART_PERMISSIONS,
  }
}
