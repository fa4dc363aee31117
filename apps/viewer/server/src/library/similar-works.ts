import type { FeedId, WorkFilters, WorkRecord, WorkSummary } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'
import type { Viewer } from './viewer.ts'
import { addressOf } from './work-address.ts'

const MOST = 12
/** Works that are compared. */
const COMPARED = 100
/** Works on each side of its year among which a work's like are looked for. */
const YEARS = 15

/**
 * Works of a shared genre and about the same time, those with most in common first.
 *
 * @param names of itself, as every feed has it
 */
export async function similarWorks(
  store: Pick<CatalogueStore, 'row'>,
  { record, feedId }: { readonly feedId: FeedId; readonly record: WorkRecord },
  names: ReadonlySet<string>,
  { territory }: Pick<Viewer, 'territory'>,
): Promise<WorkSummary[]> {
  const { genres, year, countries } = record
  if (genres.length === 0) return []
  const filters: WorkFilters = {
    genres,
    ...(year === undefined ? {} : { years: { start: year - YEARS, end: year + YEARS + 1 } }),
  }
  const row = await store.row({
    territory,
    row: { kind: 'pick', seed: `like ${feedId} ${record.id}`, filters },
    limit: COMPARED,
  })
  const shared = (work: WorkSummary): number =>
    2 * work.genres.filter((genre) => genres.includes(genre)).length +
    work.countries.filter((country) => countries.includes(country)).length
  return row.works
    .filter((work) => !names.has(addressOf(work)))
    .toSorted((a, b) => shared(b) - shared(a))
    .slice(0, MOST)
}
