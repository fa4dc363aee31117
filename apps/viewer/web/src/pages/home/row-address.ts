import type { ProgrammeRow } from '#api'
import { addresses } from '../../routing/addresses.ts'

/** Where all of a row is; null = the row is all. A list's page says more about it than its row. */
export function rowAddress({ heading, browse, works, total }: ProgrammeRow): string | null {
  if (heading.kind === 'list') return addresses.list(heading.listId)
  if (total <= works.length) return null
  return browse === null ? null : `${addresses.browse}?${new URLSearchParams(browse)}`
}
