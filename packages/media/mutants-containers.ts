import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/media/src/container'
const HOSTILE = `${SRC}/locate-index.hostile.test.ts`

/** Guards of what a container may make us read and hold, switched off one by one. */
export const CONTAINER_MUTANTS: readonly Mutant[] = [
  {
    row: 'F11',
    guard: 'believes only bytes about what a file is',
    file: `${SRC}/locate-index.ts`,
    find: `if (!isMatroska && !isMp4)`,
    replace: `if (isMatroska && isMp4)`,
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'asks for nothing behind the end of the file',
    file: `${SRC}/byte-window.ts`,
    find: `Math.min(Math.max(span.end, span.start + STEP_BYTES), this.fileBytes)`,
    replace: `Math.max(span.end, span.start + STEP_BYTES)`,
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'asks for no part of an index above its cap',
    file: `${SRC}/byte-window.ts`,
    find: `if (spanLength(span) > LIMITS.containerIndexBytes)`,
    replace: `if (spanLength(span) < 0)`,
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'walks some boxes, not all that a file has',
    file: `${SRC}/mp4-locator.ts`,
    find: `  let at = 0\n  for (let boxes = 0; boxes < MAX_BOXES`,
    replace: `  let at = 0\n  for (let boxes = 0; boxes >= 0`,
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'refuses boxes that are shorter than their own header',
    file: `${SRC}/mp4-box.ts`,
    find: `  if (boxBytes < fields.at) throw new Refusal('broken', \`\${type} of \${boxBytes} bytes\`)\n`,
    replace: '',
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'believes a count as far as there are bytes',
    file: `${SRC}/mp4-samples.ts`,
    find: `if (count * entryBytes > fields.left)`,
    replace: `if (count < 0)`,
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'caps samples of equal size, for which no bytes speak',
    file: `${SRC}/mp4-samples.ts`,
    find: `if (count > LIMITS.containerSamples)`,
    replace: `if (count < 0)`,
    test: HOSTILE,
  },
  {
    row: 'F11',
    guard: 'keeps no more key points than a film has',
    file: `${SRC}/key-point-list.ts`,
    find: `this.#points.length < LIMITS.keyPoints`,
    replace: `this.#points.length >= 0`,
    test: HOSTILE,
  },
]
