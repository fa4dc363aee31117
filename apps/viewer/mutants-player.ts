import type { Mutant } from '../../tools/mutant.ts'

const PLAYER = 'apps/viewer/web/src/player'

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
]
