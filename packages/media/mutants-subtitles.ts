import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/media/src/subtitles'
const HOSTILE = `${SRC}/subtitles.hostile.test.ts`

/** Guards of what subtitles may say and hold, switched off one by one. */
export const SUBTITLE_MUTANTS: readonly Mutant[] = [
  {
    row: 'S1',
    guard: 'writes brackets of text so that they stay text',
    file: `${SRC}/webvtt.ts`,
    find: `    .replaceAll('<', '&lt;')\n`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S2',
    guard: 'passes over style and region blocks whole',
    file: `${SRC}/webvtt.ts`,
    find: `else if (/^(?:NOTE|STYLE|REGION)\\b/u.test(line)) bodyOf(lines)`,
    replace: '',
    test: `${SRC}/subtitles.test.ts`,
  },
  {
    row: 'S3',
    guard: 'refuses a file above its cap',
    file: `${SRC}/subtitles.ts`,
    find: `if (bytes.length > LIMITS.subtitleBytes)`,
    replace: `if (bytes.length < 0)`,
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'takes no more cues than a film has',
    file: `${SRC}/subtitles.ts`,
    find: `isShown && kept.length < LIMITS.subtitleCues`,
    replace: `isShown`,
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'leaves out cues that end before they begin',
    file: `${SRC}/subtitles.ts`,
    find: `cue.endSeconds > cue.startSeconds && `,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'shows no more cues at once than a screen holds',
    file: `${SRC}/subtitles.ts`,
    find: `shown.length < LIMITS.cuesAtOnce`,
    replace: `shown.length >= 0`,
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'caps the text of a cue',
    file: `${SRC}/cue-writer.ts`,
    find: `.replaceAll(CONTROLS, '').slice(0, room)`,
    replace: `.replaceAll(CONTROLS, '')`,
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'caps the lines of a cue',
    file: `${SRC}/cue-writer.ts`,
    find: `      .slice(0, LIMITS.cueLines)\n`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'keeps control characters out of text',
    file: `${SRC}/cue-writer.ts`,
    find: `.replaceAll(CONTROLS, '')`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S3',
    guard: 'refuses times behind the hundredth hour',
    file: `${SRC}/cue-time.ts`,
    find: `if (whole >= LAST_SECONDS) return null`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'S5',
    guard: 'refuses archives by name',
    file: `${SRC}/subtitles.ts`,
    find: `  refuseArchive(bytes)\n`,
    replace: '',
    test: HOSTILE,
  },
]
