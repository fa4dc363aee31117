import type { Mutant } from '../../tools/mutant.ts'

const HTTP = 'apps/viewer/server/src/http'
const TEST = 'apps/viewer/server/test/strange-pages.test.ts'
const MEDIA_TEST = 'apps/viewer/server/test/media.test.ts'

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
  {
    row: 'W10',
    guard: 'has the browser forget service workers of others',
    file: `${HTTP}/guards/worker-guard.ts`,
    find: `answer.headers.set('clear-site-data', '"cache", "storage"')`,
    replace: '',
    test: TEST,
  },
  {
    row: 'W10',
    guard: 'has the shell asked for each time',
    file: 'apps/viewer/server/src/routes/page-routes.ts',
    find: "'cache-control': 'no-cache',",
    replace: "'cache-control': 'max-age=86400',",
    test: TEST,
  },
  {
    row: 'W3',
    guard: 'gives each film an address that nobody guesses',
    file: 'apps/viewer/server/src/media/media-shelf.ts',
    find: 'const token = newSecret()',
    replace: 'const token = String(this.#files.size)',
    test: MEDIA_TEST,
  },
  {
    row: 'W3',
    guard: 'gives no address of a film that ended',
    file: 'apps/viewer/server/src/library/streams/open-streams.ts',
    find: 'stream.ending.signal.throwIfAborted()',
    replace: '',
    test: 'apps/viewer/server/test/open-streams.test.ts',
  },
  {
    row: 'A24',
    guard: 'ends a reading when its client has left',
    file: `${HTTP}/listener.ts`,
    find: "if (!outgoing.writableFinished) gone.abort(new Error('the client is gone'))",
    replace: '',
    test: MEDIA_TEST,
  },
  {
    row: 'W5',
    guard: 'lets only the worker that draws run WebAssembly',
    file: 'apps/viewer/server/src/routes/page-routes.ts',
    find: 'DRAWING_WORKER.test(name) ? DRAWING_POLICY : SCRIPT_POLICY',
    replace: 'DRAWING_POLICY',
    test: 'apps/viewer/server/test/page-headers.test.ts',
  },
]
