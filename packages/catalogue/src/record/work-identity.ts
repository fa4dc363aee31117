/** By what a record is known to be the same work as another feed's. */
import type { WorkRecord } from './work-record.ts'

/** Ids of people, whose works are many. */
const OF_PEOPLE = /^(?:isni |imdb nm)/u

/** feed-format 4.7, 15.1: ids of a work elsewhere, and roots of its videos. */
export function identitiesOf({ ids = {}, releases }: WorkRecord): readonly string[] {
  const external = Object.entries(ids)
    .map(([scheme, id]) => `${scheme} ${id}`)
    .filter((identity) => !OF_PEOPLE.test(identity))
  return [...external, ...videoRootsOf({ releases }).map((root) => `root ${root}`)]
}

/** Info-hashes and file roots of a record, by which revocations of other feeds know it (feed-format 14.6). */
export function hashesOf(record: Pick<WorkRecord, 'releases'>): ReadonlySet<string> {
  return new Set([...infoHashesOf(record), ...videoRootsOf(record)])
}

/** Info-hashes of all releases, those of their twins too. */
export function infoHashesOf({ releases }: Pick<WorkRecord, 'releases'>): readonly string[] {
  return releases.flatMap((release): string[] => {
    if (release.kind !== 'release') return [release.infoHashes.v1]
    const { infoHashes, twin } = release
    return [infoHashes.v2, infoHashes.v1, twin].filter((hash) => hash !== undefined)
  })
}

/** Roots of every video; subtitles and sound alone may be the same in two works. */
function videoRootsOf({ releases }: Pick<WorkRecord, 'releases'>): readonly string[] {
  return releases.flatMap((release) =>
    release.kind === 'release' ? release.videos.map(({ root }) => root) : [],
  )
}
