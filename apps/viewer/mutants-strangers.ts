import type { Mutant } from '../../tools/mutant.ts'

const HTTP = 'apps/viewer/server/src/http'
const TEST = 'apps/viewer/server/test/strange-pages.test.ts'

/** What keeps pages of strangers away from ours, each with the text that switches it off. */
export const STRANGER_MUTANTS: readonly Mutant[] = [
  {
    row: 'W5',
    guard: 'lets no page keep a hold on ours by having opened it',
    file: `${HTTP}/guards/answer-headers.ts`,
    find: "    headers.set('cross-origin-opener-policy', 'same-origin')\n",
    replace: '',
    test: TEST,
  },
  {
    row: 'W6',
    guard: 'wants the token also for what a page may read by itself',
    file: `${HTTP}/guards/session-guard.ts`,
    find: 'if (tokens.knows(',
    replace: "if (method === 'GET' || tokens.knows(",
    test: TEST,
  },
  {
    row: 'W6',
    guard: 'refuses to make a socket of a connection',
    file: `${HTTP}/guards/upgrade-guard.ts`,
    find: "return failureAnswer(403, 'foreign')",
    replace: 'return next()',
    test: TEST,
  },
  {
    row: 'W9',
    guard: 'tells no address to where a link leads',
    file: `${HTTP}/guards/answer-headers.ts`,
    find: "    headers.set('referrer-policy', 'no-referrer')\n",
    replace: '',
    test: TEST,
  },
  {
    row: 'W10',
    guard: 'takes a page without an origin for a stranger',
    file: `${HTTP}/guards/state-change-guard.ts`,
    find: 'ownHosts(port()).some((host) => origin === `http://${host}`)',
    replace: '(origin === "null" || ownHosts(port()).some((host) => origin === `http://${host}`))',
    test: TEST,
  },
]
