import type { Mutant } from '../../tools/mutant.ts'

const PLAYER = 'apps/viewer/web/src/player'
const FRAMES = `${PLAYER}/frames`

/** The guards of the player, each with the text that switches it off. */
export const PLAYER_MUTANTS: readonly Mutant[] = [
  {
    row: 'A19',
    guard: 'says that a film comes too slowly',
    file: `${PLAYER}/waiting-core.ts`,
    find: 'if (rate <= 0 || rate >= wantedRate) return null',
    replace: 'return null',
    test: `${PLAYER}/waiting-core.test.ts`,
  },
  {
    row: 'A19',
    guard: 'offers only what is smaller',
    file: `${PLAYER}/offered-releases.ts`,
    find: 'lengthBytes !== null && lengthBytes < own',
    replace: 'lengthBytes !== null',
    test: `${PLAYER}/offered-releases.test.ts`,
  },
  {
    row: 'A23',
    guard: 'names the minutes that are missing',
    file: `${PLAYER}/waiting-core.ts`,
    find: "if (status?.trouble?.kind === 'part-missing')",
    replace: 'if (false)',
    test: `${PLAYER}/waiting-core.test.ts`,
  },
  {
    row: 'A24',
    guard: 'lets one seek through at a time',
    file: `${PLAYER}/seek-gate.ts`,
    find: 'if (this.#isUnderWay) this.#waiting = seconds',
    replace: 'if (this.#waiting === seconds) this.#waiting = seconds',
    test: `${PLAYER}/player-core.test.ts`,
  },
  {
    row: 'A24',
    guard: 'gives up a seek that takes too long for a newer one',
    file: `${PLAYER}/seek-gate.ts`,
    find: '      this.#isUnderWay = false\n      this.#sendWaiting()\n    })',
    replace: '      this.#isUnderWay = true\n    })',
    test: `${PLAYER}/player-core.test.ts`,
  },
  {
    row: 'A24',
    guard: 'makes one picture above the time line at a time',
    file: `${FRAMES}/frame-desk.ts`,
    find: 'else if (!this.#isUnderWay) this.#ask(seconds)',
    replace: 'else this.#ask(seconds)',
    test: `${FRAMES}/frame-desk.test.ts`,
  },
  {
    row: 'A24',
    guard: 'closes a picture that is shown no more',
    file: `${FRAMES}/frame-desk.ts`,
    find: 'this.#picture?.close()',
    replace: '',
    test: `${FRAMES}/frame-desk.test.ts`,
  },
  {
    row: 'A24',
    guard: 'ends who hangs in a strange film',
    file: `${FRAMES}/frame-desk.ts`,
    find: 'this.#callOff = this.#clock.after(PATIENCE_MS, () => this.#end())',
    replace: '',
    test: `${FRAMES}/frame-desk.test.ts`,
  },
  {
    row: 'F3',
    guard: 'reads no key frame of gigabytes',
    file: `${FRAMES}/frame-rule.ts`,
    find: 'bytes <= MOST_FRAME_BYTES',
    replace: 'bytes <= Infinity',
    test: `${FRAMES}/frame-rule.test.ts`,
  },
  {
    row: 'F3',
    guard: 'decodes no film of more pixels than there are',
    file: `${FRAMES}/frame-rule.ts`,
    find: 'coded.width * coded.height <= MOST_PIXELS',
    replace: 'coded.width > 0',
    test: `${FRAMES}/frame-rule.test.ts`,
  },
  {
    row: 'F3',
    guard: 'asks for no part of a film above its cap',
    file: `${FRAMES}/here-bytes.ts`,
    find: 'if (end - start > MOST_BYTES)',
    replace: 'if (end < start)',
    test: `${FRAMES}/here-bytes.test.ts`,
  },
  {
    row: 'W7',
    guard: 'gives a bounded part of what is here',
    file: 'apps/viewer/server/src/media/here-answer.ts',
    find: 'Math.min(end, start + MOST_BYTES)',
    replace: 'end',
    test: 'apps/viewer/server/src/media/here-answer.test.ts',
  },
  {
    row: 'S3',
    guard: 'keeps at most twenty files of the viewer’s own',
    file: `${PLAYER}/own-subtitles.ts`,
    find: 'this.#all.size > MAX_OWN_FILES',
    replace: 'this.#all.size > 1000',
    test: `${PLAYER}/subtitle-desk.test.ts`,
  },
  {
    row: 'S5',
    guard: 'leaves the subtitles of before when a file is bad',
    file: `${PLAYER}/subtitle-desk.ts`,
    find: `      if (adding === this.#adding)
        this.#show(`,
    replace: `      this.#main.choose(null)
      if (true)
        this.#show(`,
    test: `${PLAYER}/subtitle-desk.test.ts`,
  },
  {
    row: 'S3',
    guard: 'ends a worker that draws too long',
    file: `${PLAYER}/drawn/script-drawing.ts`,
    find: "this.#callOff = clock.after(LONGEST_PICTURE_MS, () => this.#end('slow'))",
    replace: 'this.#callOff = clock.after(LONGEST_PICTURE_MS, () => undefined)',
    test: `${PLAYER}/drawn/script-drawing.test.ts`,
  },
]
