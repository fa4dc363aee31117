import type { Mutant } from '../../tools/mutant.ts'

const LIBRARY = 'apps/viewer/server/src/library'
const CATALOGUE_TEST = 'apps/viewer/server/test/catalogue.test.ts'
const FILM_TEST = 'apps/viewer/server/src/library/streams/film-stream.test.ts'
const CAPTION_TEST = 'apps/viewer/server/src/library/captions/caption-file.test.ts'

/** Guards of the viewer's shop window: what is played, from where, and what its subtitles become. */
export const CATALOGUE_MUTANTS: readonly Mutant[] = [
  {
    row: 'O1',
    guard: 'plays nothing that is not offered where the viewer is',
    file: `${LIBRARY}/projection-room.ts`,
    find: '  return isOffered || (!standing.isOffered && standing.isPlayed)',
    replace: '  return isOffered || standing.isPlayed',
    test: 'apps/viewer/server/src/library/projection-room.test.ts',
  },
  {
    row: 'O1',
    guard: 'plays no release that is not offered where the viewer is',
    file: `${LIBRARY}/projection-room.ts`,
    find: 'const releases = offeredReleases(record, viewer.territory, viewer.today)',
    replace: 'const { releases } = record',
    test: 'apps/viewer/server/src/library/projection-room.test.ts',
  },
  {
    row: 'O3',
    guard: 'asks nobody about a film before its page does, when preparing is switched off',
    file: `${LIBRARY}/warm-desk.ts`,
    find: 'if (!this.#settings().prepare) return true',
    replace: '',
    test: CATALOGUE_TEST,
  },
  {
    row: 'O3',
    guard: 'fetches nothing of the next episode ahead, when preparing is switched off',
    file: `${LIBRARY}/next-desk.ts`,
    find: '!this.#settings().prepare || ',
    replace: '',
    test: `${LIBRARY}/next-desk.test.ts`,
  },
  {
    row: 'O3',
    guard: 'opens no swarm for who wants web servers only',
    file: `${LIBRARY}/streams/torrent-desk.ts`,
    find: "if (isWebOnly && own === undefined) throw new WebOnlyError('the viewer wants no swarm')",
    replace: '',
    test: CATALOGUE_TEST,
  },
  {
    row: 'O3',
    guard: 'asks the DHT only where the viewer wants it',
    file: `${LIBRARY}/streams/film-engines.ts`,
    find: 'const usesDht = !isWebOnly && options.dht()',
    replace: 'const usesDht = !isWebOnly',
    test: CATALOGUE_TEST,
  },
  {
    row: 'O3',
    guard: 'leaves every swarm when the viewer changes to web servers only',
    file: 'apps/viewer/server/src/viewer-api.ts',
    find: 'if (changed.sharing !== sharing || changed.dht !== dht) void torrents.startOver()',
    replace: '',
    test: CATALOGUE_TEST,
  },
  {
    row: 'F8',
    guard: 'plays no file of another length than the record names',
    file: `${LIBRARY}/streams/film-stream.ts`,
    find: 'length === pinned.length &&',
    replace: '',
    test: FILM_TEST,
  },
  {
    row: 'F8',
    guard: 'plays no file of another root than the record names',
    file: `${LIBRARY}/streams/film-stream.ts`,
    find: '(piecesRoot !== null && toHex(piecesRoot) === pinned.root)',
    replace: 'true',
    test: FILM_TEST,
  },
  {
    row: 'S2',
    guard: 'writes subtitles anew, whatever they were',
    file: `${LIBRARY}/captions/caption-text.ts`,
    find: 'return writeVtt(parseSubtitles(bytes, { language }).cues)',
    replace: 'return new TextDecoder().decode(bytes)',
    test: CAPTION_TEST,
  },
  {
    row: 'S3',
    guard: 'ends a conversion that takes too long',
    file: 'apps/viewer/server/src/library/captions/caption-worker-link.ts',
    find: 'AbortSignal.any([signal, AbortSignal.timeout(limitMs)])',
    replace: 'signal',
    test: CAPTION_TEST,
  },
  {
    row: 'S3',
    guard: 'reads no subtitles that are too long',
    file: `${LIBRARY}/captions/caption-file.ts`,
    find: 'if (source.lengthBytes > LIMITS.subtitleBytes) return null',
    replace: '',
    test: CAPTION_TEST,
  },
  {
    row: 'C17',
    guard: 'shows no picture that changed since its feed was checked',
    file: `${LIBRARY}/picture-shelf.ts`,
    find: 'return toHex(this.#hash.sha256(bytes)) === sha256 ? bytes : null',
    replace: 'return bytes',
    test: CATALOGUE_TEST,
  },
  {
    row: 'A23',
    guard: 'says when nobody who is connected has what comes next',
    file: `${LIBRARY}/streams/stream-status.ts`,
    find: "if (status.waiting?.kind === 'part-missing') return missingPart(facts)",
    replace: '',
    test: `${LIBRARY}/streams/stream-status.test.ts`,
  },
]
