import type { Permissions } from '../permission.ts'
import { type Condition, NO, YES, yesIf } from '../permission.ts'

/** The Creative Commons suites that films use, by the part of the SPDX identifier after `CC-`. */
export const CC_SUITES = ['BY', 'BY-SA', 'BY-ND', 'BY-NC', 'BY-NC-SA', 'BY-NC-ND', 'SA'] as const

/** One of {@link CC_SUITES}. */
export type CcSuite = (typeof CC_SUITES)[number]

const ELEMENT_NAMES: Readonly<Record<string, string>> = {
  BY: 'Attribution',
  NC: 'NonCommercial',
  ND: 'NoDerivatives',
  SA: 'ShareAlike',
}

/** The suite's name as Creative Commons writes it: `Attribution-ShareAlike`. */
export function suiteName(suite: CcSuite): string {
  return suite
    .split('-')
    .map((element) => ELEMENT_NAMES[element] ?? element)
    .join('-')
}

/**
 * What a suite allows; the same in every version and port.
 *
 * Sharing and showing a work unchanged asks for no share-alike: that binds adaptations only (4.0 section
 * 3(b)). Other sizes, codecs and containers are no adaptations (4.0 section 2(a)(4), 3.0 section 3), so
 * `unmodified` doesn't forbid a re-encoding. Translated subtitles are adaptations: no-derivatives
 * forbids passing them on. Exchange by file sharing without payment is non-commercial (4.0 section
 * 1(i)).
 */
export function suitePermissions(suite: CcSuite): Permissions {
  const elements = suite.split('-')
  const common: Condition[] = []
  if (elements.includes('BY')) common.push('attribution')
  if (elements.includes('NC')) common.push('non-commercial')
  const isFixed = elements.includes('ND')
  const unchanged = isFixed ? yesIf(...common, 'unmodified') : yesIf(...common)
  const adapted = yesIf(...common, ...(elements.includes('SA') ? (['share-alike'] as const) : []))
  return {
    watch: YES,
    share: unchanged,
    screen: unchanged,
    translate: isFixed ? NO : adapted,
    remix: isFixed ? NO : adapted,
    sell: elements.includes('NC') ? NO : unchanged,
  }
}
