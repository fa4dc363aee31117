import { CC_SUITES } from './cc-suite.ts'
import { ccParts } from './cc-id.ts'
import { GFDL_IDS, type Licence, licenceOf } from './licence.ts'

const TOOLS: Readonly<Record<string, string>> = {
  'publicdomain/zero/1.0': 'CC0-1.0',
  'publicdomain/mark/1.0': 'CC-PDM-1.0',
  'licenses/publicdomain': 'CC-PDDC',
}

/**
 * The licence that a URL names, however the site wrote it: http or https, `www.`, capital letters, a
 * deed's language, `legalcode`, a slash at the end or none. `null` for anything else: a page that names
 * no version names no licence.
 */
export function licenceOfUrl(text: string): Licence | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, pathname } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  const path = pathname
    .toLowerCase()
    .replaceAll(/\/{2,}/gu, '/')
    .replaceAll(/^\/|\/$/gu, '')
  const host = hostname.replace(/^www\./u, '')
  if (host === 'creativecommons.org') return creativeCommonsOf(path)
  return host === 'gnu.org' ? gfdlOf(path) : (freeArt.get(`${host}/${path}`) ?? null)
}

function creativeCommonsOf(path: string): Licence | null {
  const bare = path.replace(/\/(?:deed|legalcode)(?:\.[a-z-]+)?$/u, '')
  const tool = Object.hasOwn(TOOLS, bare) ? TOOLS[bare] : undefined
  if (tool !== undefined) return licenceOf(tool)
  const match = /^licenses\/([a-z-]+)\/(\d\.\d)(?:\/([a-z]+))?$/u.exec(bare)
  const [, folder, version, port] = match ?? []
  if (folder === undefined || version === undefined) return null
  // The first version put the elements of this one suite in the other order.
  const name = folder === 'by-nd-nc' && version === '1.0' ? 'by-nc-nd' : folder
  const suite = CC_SUITES.find((each) => each.toLowerCase() === name)
  if (suite === undefined) return null
  const parts = ccParts(suite, version, port?.toUpperCase() ?? null)
  return parts === null ? null : licenceOf(parts.id)
}

/** A bare link to the text says which version, not "or later" and nothing of invariant sections. */
function gfdlOf(path: string): Licence | null {
  const match = /^(?:licenses|copyleft)\/(?:old-licenses\/)?fdl-(\d\.\d)(?:\.[a-z.]+)?$/u.exec(path)
  const id = GFDL_IDS.find((each) => each === `GFDL-${match?.[1]}-only`)
  return id === undefined ? null : licenceOf(id)
}

const freeArt: ReadonlyMap<string, Licence | null> = new Map([
  ['artlibre.org/licence/lal/licence-art-libre-12', licenceOf('LAL-1.2')],
  ['artlibre.org/licence/lal', licenceOf('LAL-1.3')],
  ['artlibre.org/licence/lal/en', licenceOf('LAL-1.3')],
])
