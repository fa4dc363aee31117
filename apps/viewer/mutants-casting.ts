import type { Mutant } from '../../tools/mutant.ts'

const LISTENER = 'apps/viewer/server/src/casting/screen-listener.ts'
const TEST = 'apps/viewer/server/test/casting.test.ts'

/** What a screen may fetch, and nobody else. */
export const CASTING_MUTANTS: readonly Mutant[] = [
  {
    row: 'L2',
    guard: 'answers the chosen screen only',
    file: LISTENER,
    find: 'mayConnect: (remote) => remote === screenHost,',
    replace: '',
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'asks a screen nothing after the end',
    file: 'apps/viewer/server/src/casting/cast-session.ts',
    find: 'ASK_EVERY_MS, this.#ending.signal)',
    replace: 'ASK_EVERY_MS)',
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'closes whoever mayn’t connect',
    file: 'apps/viewer/server/src/http/listener.ts',
    find: 'if (host === null || !mayConnect(host)) socket.destroy()',
    replace: '',
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'compares the path’s secret',
    file: LISTENER,
    find: 'digestOf(presented) !== known || ',
    replace: '',
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'is only read from',
    file: LISTENER,
    find: "if (request.method !== 'GET' && request.method !== 'HEAD')",
    replace: "if (request.method === 'TRACE')",
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'lets other origins read for a Chromecast alone',
    file: LISTENER,
    find: 'if (isInBrowser) {',
    replace: 'if (isInBrowser || true) {',
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'closes with the casting',
    file: LISTENER,
    find: '[Symbol.asyncDispose]: () => listener.close(),',
    replace: '[Symbol.asyncDispose]: async () => undefined,',
    test: TEST,
  },
  {
    row: 'L2',
    guard: 'begins nothing for a stream that ended meanwhile',
    file: 'apps/viewer/server/src/casting/cast-desk.ts',
    find: 'if (this.#isOver || signal.aborted) return null',
    replace: 'if (this.#isOver) return null',
    test: TEST,
  },
]
