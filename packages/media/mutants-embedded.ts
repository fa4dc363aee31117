import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/media/src/embedded'
const HOSTILE = `${SRC}/embedded.hostile.test.ts`

/** Guards of what subtitles inside a film may say and hold, switched off one by one. */
export const EMBEDDED_MUTANTS: readonly Mutant[] = [
  {
    row: 'S3',
    guard: 'passes over a line inside a film that is too long',
    file: `${SRC}/cluster-scan.ts`,
    find: `if (bodyBytes > LIMITS.embeddedCueBytes) return true`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'keeps no more lines of a film than a film has',
    file: `${SRC}/embedded-cues.ts`,
    find: ` || this.#found.size >= LIMITS.subtitleCues`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S4',
    guard: 'reads subtitles inside a film by the names that it knows only',
    file: `${SRC}/embedded-track.ts`,
    find: `  if (format === undefined || packing === null) return null\n`,
    replace: `  if (packing === null) return null\n  if (format === undefined) return { number: ebmlNumber(first(MATROSKA_ID.trackNumber)), format: 'srt', language: 'und', title: '', isForced: false, packing, header: new Uint8Array(0) }\n`,
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'waits for no bytes that a film doesn’t have',
    file: `${SRC}/cluster-scan.ts`,
    find: `if (header.bodyBytes > this.#fileBytes - body)`,
    replace: `if (header.bodyBytes < 0)`,
    test: HOSTILE,
  },
]
