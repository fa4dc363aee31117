import { CC_SUITES, type CcSuite } from './cc-suite.ts'

/** Creative Commons licences that SPDX names. Versions and ports are SPDX's, not every one there is. */
export const CC_IDS = [
  'CC-BY-1.0',
  'CC-BY-2.0',
  'CC-BY-2.5',
  'CC-BY-2.5-AU',
  'CC-BY-3.0',
  'CC-BY-3.0-AT',
  'CC-BY-3.0-AU',
  'CC-BY-3.0-DE',
  'CC-BY-3.0-IGO',
  'CC-BY-3.0-NL',
  'CC-BY-3.0-US',
  'CC-BY-4.0',
  'CC-BY-NC-1.0',
  'CC-BY-NC-2.0',
  'CC-BY-NC-2.5',
  'CC-BY-NC-3.0',
  'CC-BY-NC-3.0-DE',
  'CC-BY-NC-4.0',
  'CC-BY-NC-ND-1.0',
  'CC-BY-NC-ND-2.0',
  'CC-BY-NC-ND-2.5',
  'CC-BY-NC-ND-3.0',
  'CC-BY-NC-ND-3.0-DE',
  'CC-BY-NC-ND-3.0-IGO',
  'CC-BY-NC-ND-4.0',
  'CC-BY-NC-SA-1.0',
  'CC-BY-NC-SA-2.0',
  'CC-BY-NC-SA-2.0-DE',
  'CC-BY-NC-SA-2.0-FR',
  'CC-BY-NC-SA-2.0-UK',
  'CC-BY-NC-SA-2.5',
  'CC-BY-NC-SA-3.0',
  'CC-BY-NC-SA-3.0-DE',
  'CC-BY-NC-SA-3.0-IGO',
  'CC-BY-NC-SA-4.0',
  'CC-BY-ND-1.0',
  'CC-BY-ND-2.0',
  'CC-BY-ND-2.5',
  'CC-BY-ND-3.0',
  'CC-BY-ND-3.0-DE',
  'CC-BY-ND-4.0',
  'CC-BY-SA-1.0',
  'CC-BY-SA-2.0',
  'CC-BY-SA-2.0-UK',
  'CC-BY-SA-2.1-JP',
  'CC-BY-SA-2.5',
  'CC-BY-SA-3.0',
  'CC-BY-SA-3.0-AT',
  'CC-BY-SA-3.0-DE',
  'CC-BY-SA-3.0-IGO',
  'CC-BY-SA-4.0',
  'CC-SA-1.0',
] as const

/** One of {@link CC_IDS}. */
export type CcId = (typeof CC_IDS)[number]

/** A licence of Creative Commons for one country that SPDX doesn't name, such as BY-SA 3.0 France. */
export type PortedCcId = `LicenseRef-CC-${CcSuite}-${string}`

/** What an identifier of a Creative Commons licence says. */
export interface CcParts {
  readonly id: CcId | PortedCcId
  readonly suite: CcSuite
  readonly version: string
  /** The port's code, upper case (`FR`, `UK`, `IGO`), or `null` for the text meant for everywhere. */
  readonly port: string | null
  /** `International`, `Unported`, `Generic`, or the name of the port. */
  readonly edition: string
  /** Behind `https://creativecommons.org/licenses/`, without a slash at the end. */
  readonly path: string
}

const PORT_NAMES: Readonly<Record<string, string>> = {
  AT: 'Austria',
  AU: 'Australia',
  DE: 'Germany',
  FR: 'France',
  IGO: 'IGO',
  JP: 'Japan',
  NL: 'Netherlands',
  SCOTLAND: 'Scotland',
  UK: 'England and Wales',
  US: 'United States',
}
/** The ports that Creative Commons published, versions 1.0 to 3.0; there are none of 4.0. */
const PORTS = new Set(
  `AM AR AT AU AZ BE BG BR CA CH CL CN CO CR CZ DE DK EC EE EG ES FI FR GE GR GT HK HR HU IE IGO IL IN
  IT JP KR LU MK MT MX MY NG NL NO NZ PE PH PL PR PT RO RS SCOTLAND SE SG SI TH TW UA UG UK US VE VN
  ZA`.split(/\s+/u),
)
const UNPORTED = new Set(['1.0', '2.0', '2.5', '3.0', '4.0'])
const listed: ReadonlySet<string> = new Set(CC_IDS)

/** Reads an identifier; `null` when SPDX doesn't name it and it's no well-formed {@link PortedCcId}. */
export function parseCcId(id: CcId): CcParts
export function parseCcId(id: string): CcParts | null
export function parseCcId(id: string): CcParts | null {
  const match = /^(?:LicenseRef-)?CC-([A-Z-]+)-(\d\.\d)(?:-([A-Z]+))?$/u.exec(id)
  const [, suiteText, version, port = null] = match ?? []
  const suite = CC_SUITES.find((each) => each === suiteText)
  if (suite === undefined || version === undefined) return null
  const parts = ccParts(suite, version, port)
  return parts?.id === id ? parts : null
}

/**
 * The licence of a suite, version and port: under SPDX's identifier where it has one, else under a
 * `LicenseRef-`. `null` when Creative Commons published no such text.
 */
export function ccParts(suite: CcSuite, version: string, port: string | null): CcParts | null {
  const spdx = `CC-${suite}-${version}${port === null ? '' : `-${port}`}`
  if (!listed.has(spdx) && !isPort(suite, version, port)) return null
  const id = (listed.has(spdx) ? spdx : `LicenseRef-${spdx}`) as CcId | PortedCcId
  const tail = port === null ? '' : `/${port.toLowerCase()}`
  return { id, suite, version, port, edition: editionOf(version, port), path: path() + tail }

  function path(): string {
    // The first version put the elements of this one suite in the other order.
    const folder = spdx === 'CC-BY-NC-ND-1.0' ? 'by-nd-nc' : suite.toLowerCase()
    return `${folder}/${version}`
  }
}

function isPort(suite: CcSuite, version: string, port: string | null): boolean {
  if (port === null || !PORTS.has(port) || version === '4.0' || suite === 'SA') return false
  return UNPORTED.has(version) || version === '2.1'
}

function editionOf(version: string, port: string | null): string {
  if (port !== null) return PORT_NAMES[port] ?? port
  if (version === '4.0') return 'International'
  return version === '3.0' ? 'Unported' : 'Generic'
}
