import type { ProgrammeRow } from '#api'
import { addresses } from '../../routing/addresses.ts'

/** Where all of a row is; null = the row is all. */
export function rowAddress({ heading, browse, works, total }: ProgrammeRow): string | null {
  if (total <= works.length) return null
  if (heading.kind === 'list') return addresses.list(heading.listId)
  return browse === null ? null : `${addresses.browse}?${new URLSearchParams(browse)}`
}
