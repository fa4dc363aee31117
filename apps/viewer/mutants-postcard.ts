import type { Mutant } from '../../tools/mutant.ts'

const LAYOUT = 'apps/viewer/web/src/player/postcard-layout.ts'
const TERMS = 'apps/viewer/server/src/library/words/postcard-terms.ts'

/** The guards of a frame that is handed on. */
export const POSTCARD_MUTANTS: readonly Mutant[] = [
  {
    row: 'O5',
    guard: 'hands nothing on in doubt',
    file: TERMS,
    find: "return { rule: 'none', licenceUrl: null }",
    replace: "return { rule: 'unmodified', licenceUrl: null }",
    test: 'apps/viewer/server/src/library/words/postcard-terms.test.ts',
  },
  {
    row: 'O5',
    guard: 'keeps a frame plain where nothing may be made of it',
    file: TERMS,
    find: "rule: isAllowed(verdict.permissions.remix) ? 'free' : 'unmodified'",
    replace: "rule: 'free'",
    test: 'apps/viewer/server/src/library/words/postcard-terms.test.ts',
  },
  {
    row: 'O5',
    guard: 'shows such a frame whole',
    file: LAYOUT,
    find: "if (rule === 'unmodified') {",
    replace: 'if (rule === null) {',
    test: 'apps/viewer/web/src/player/postcard-layout.test.ts',
  },
  {
    row: 'O5',
    guard: 'lays nothing over it',
    file: LAYOUT,
    find: 'shapes: isFree ? [panel, wedge] : [wedge]',
    replace: 'shapes: [panel, wedge]',
    test: 'apps/viewer/web/src/player/postcard-layout.test.ts',
  },
]
