import { type ByteSpan, spanLength } from '@matinee/base'
import type { CatalogueProblem } from '../catalogue-error.ts'
import { problem, repeated } from '../schema/problem.ts'
import { RELEASE_FILES, type Release } from './release.ts'
import type { RecordFields } from './work-record.ts'

/** The rules of section 5 of docs/feed-format.md between the fields of releases. */
export function releaseProblems(record: RecordFields): CatalogueProblem[] {
  const { releases } = record
  const hashes = releases.flatMap((release, r) =>
    hashesOf(release).map(({ name, hash }) => ({ hash, at: `/releases/${r}/${name}` })),
  )
  const episodes = new Set<string>(
    record.seasons.flatMap((season) => season.episodes.map(({ id }) => id)),
  )
  return [
    ...repeated(
      releases.map(({ id }) => id),
      (index) => `/releases/${index}/id`,
    ),
    // feed-format 5.1: one torrent is one release.
    ...repeated(
      hashes.map(({ hash }) => hash),
      (index) => hashes[index]?.at ?? '',
    ),
    ...releases.flatMap((release, r) => fileProblems(release, `/releases/${r}`)),
    ...releases.flatMap((release, r) =>
      episodeProblems(release, `/releases/${r}`, record.kind === 'series', episodes),
    ),
  ]
}

function hashesOf(release: Release): { readonly name: string; readonly hash: string }[] {
  const named = { 'infoHashes/v1': release.infoHashes.v1, ...hashesOfOwn(release) }
  return Object.entries(named).flatMap(([name, hash]) =>
    hash === undefined ? [] : [{ name, hash }],
  )
}

function hashesOfOwn(release: Release): Readonly<Record<string, string | undefined>> {
  if (release.kind === 'legacy') return {}
  return { 'infoHashes/v2': release.infoHashes.v2, twin: release.twin }
}

interface NamedFile {
  readonly at: string
  readonly path: string
  readonly episode: string | undefined
}

function filesOf(release: Release, at: string): NamedFile[] {
  const { videos, audios, subtitles } = release
  return Object.entries({ videos, audios, subtitles }).flatMap(([list, files]) =>
    files.map(({ path, episode }, index) => ({ at: `${at}/${list}/${index}`, path, episode })),
  )
}

/** feed-format 5.3, 5.4. */
function fileProblems(release: Release, at: string): CatalogueProblem[] {
  const files = filesOf(release, at)
  const found = repeated(
    files.map(({ path }) => path),
    (index) => `${files[index]?.at}/path`,
  )
  if (release.videos.length === 0)
    found.push(problem('missing-field', `${at}/videos`, 'has no video'))
  if (files.length > RELEASE_FILES)
    found.push(problem('too-many-items', at, `names more than ${RELEASE_FILES} files`))
  for (const [index, { length, index: indexSpan, head }] of release.videos.entries())
    for (const [name, span] of Object.entries({ index: indexSpan, head }))
      if (span !== undefined && !isWithin(span, length))
        found.push(problem('span', `${at}/videos/${index}/${name}`, 'is no part of the file'))
  return found
}

function isWithin(span: ByteSpan, length: number): boolean {
  return spanLength(span) > 0 && span.end <= length
}

/** feed-format 5.3. */
function episodeProblems(
  release: Release,
  at: string,
  isSeries: boolean,
  episodes: ReadonlySet<string>,
): CatalogueProblem[] {
  return filesOf(release, at).flatMap((file) => {
    const needsOne = isSeries && file.at.startsWith(`${at}/videos/`)
    const isRight = file.episode === undefined ? !needsOne : episodes.has(file.episode)
    return isRight
      ? []
      : [problem('reference', `${file.at}/episode`, 'names no episode of the work')]
  })
}
