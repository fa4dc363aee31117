import type { Mutant } from '../../tools/mutant.ts'
import { PUBLISHER_MUTANTS } from './mutants-publisher.ts'
import { HARVEST_MUTANTS } from './mutants-harvest.ts'
import { RELAUNCH_MUTANTS } from './mutants-relaunch.ts'
import { RELEASE_MUTANTS } from './mutants-release.ts'
import { SITE_MUTANTS } from './mutants-site.ts'

const REGISTER = 'apps/matinee/src/tracker/swarm-register.ts'
const REGISTER_TEST = 'apps/matinee/src/tracker/swarm-register.test.ts'
const HTTP = 'apps/matinee/src/tracker/http-tracker-server.ts'
const TRACKER_TEST = 'apps/matinee/src/tracker/tracker.test.ts'

const SECRETS_TEST = 'apps/matinee/test/secrets.test.ts'
const FEED_TEST = 'apps/matinee/test/feed.test.ts'
const PLAIN_TEXT = 'apps/matinee/src/plain-text.ts'

/** The guards of the application's own parts. */
export const MUTANTS: readonly Mutant[] = [
  ...HARVEST_MUTANTS,
  ...RELAUNCH_MUTANTS,
  ...RELEASE_MUTANTS,
  ...SITE_MUTANTS,
  {
    row: 'W9',
    guard: 'gives the browser a file that leads on, not the address itself',
    file: 'apps/matinee/src/browser.ts',
    find: '[...opener.args, page]',
    replace: '[...opener.args, launchUrl]',
    test: SECRETS_TEST,
  },
  {
    row: 'W9',
    guard: 'closes this file to other users',
    file: 'apps/matinee/src/browser.ts',
    find: 'mode: 0o600',
    replace: 'mode: 0o644',
    test: SECRETS_TEST,
  },
  {
    row: 'W9',
    guard: 'takes this file away in the end',
    file: 'apps/matinee/src/commands/viewer.ts',
    find: 'await forgetBrowserPage(dataFolder)',
    replace: '',
    test: SECRETS_TEST,
  },
  {
    row: 'T10',
    guard: 'counts the requests of an address',
    file: 'apps/matinee/src/tracker/request-rate.ts',
    find: 'return known.requests <= TRACKER_LIMITS.requestsPerMinute',
    replace: 'return true',
    test: REGISTER_TEST,
  },
  {
    row: 'T10',
    guard: 'gives an address its share of the list and no more',
    file: REGISTER,
    find: 'same >= TRACKER_LIMITS.peersPerIp',
    replace: 'same < 0',
    test: REGISTER_TEST,
  },
  {
    row: 'T10',
    guard: 'remembers no more peers than its limit',
    file: REGISTER,
    find: 'swarm.peers.size >= TRACKER_LIMITS.peersPerTorrent',
    replace: 'swarm.peers.size < 0',
    test: REGISTER_TEST,
  },
  {
    row: 'T10',
    guard: 'names at most 50 peers in an answer',
    file: REGISTER,
    find: 'Math.min(wanted, TRACKER_LIMITS.peersPerAnswer, others.length + picked.length)',
    replace: 'Math.min(wanted, others.length + picked.length)',
    test: REGISTER_TEST,
  },
  {
    row: 'T10',
    guard: 'cuts off who sends slowly',
    file: HTTP,
    find: 'let patience: Timer = this.#parts.clock.setTimer(TRACKER_LIMITS.patienceMs, cut)',
    replace:
      'let patience: Timer = this.#parts.clock.setTimer(TRACKER_LIMITS.patienceMs, () => {})',
    test: TRACKER_TEST,
  },
  {
    row: 'T10',
    guard: 'lets one address have only its share of connections',
    file: HTTP,
    find: 'return same >= TRACKER_LIMITS.connectionsPerIp',
    replace: 'return false',
    test: TRACKER_TEST,
  },
  {
    row: 'T10',
    guard: 'refuses a head of more than 8 KiB',
    file: 'apps/matinee/src/tracker/request-head.ts',
    find: "if (this.#length > TRACKER_LIMITS.headBytes) return { kind: 'bad', status: 431 }",
    replace: '',
    test: TRACKER_TEST,
  },
  {
    row: 'C16',
    guard: 'escapes what strangers wrote into a dossier',
    file: 'apps/matinee/src/feed/html.ts',
    find: `typeof value === 'string' ? escape(value) : htmlText(value)`,
    replace: `typeof value === 'string' ? value : htmlText(value)`,
    test: FEED_TEST,
  },
  {
    row: 'C16',
    guard: 'makes controls visible before a terminal obeys them',
    file: PLAIN_TEXT,
    find: `return text.replaceAll(UNSEEN, REPLACEMENT)`,
    replace: `return text`,
    test: FEED_TEST,
  },
  {
    row: 'C16',
    guard: "keeps a stranger's text on its line",
    file: PLAIN_TEXT,
    find: `plainLines(text).replaceAll(/[\\t\\n]/gu, REPLACEMENT)`,
    replace: `plainLines(text)`,
    test: FEED_TEST,
  },
  {
    row: 'C16',
    guard: 'escapes in JSON what a terminal would obey',
    file: PLAIN_TEXT,
    find: `(character) => `,
    replace: `(character) => character || `,
    test: FEED_TEST,
  },
  {
    row: 'C17',
    guard: 'looks at the size of a file before reading it',
    file: 'apps/matinee/src/feed/feed-folder.ts',
    find: `size > cap ?`,
    replace: `size < 0 ?`,
    test: FEED_TEST,
  },
  {
    row: 'C17',
    guard: 'follows no link inside of a feed',
    file: 'apps/matinee/src/feed/feed-folder.ts',
    find: `isFile: inner.isFile()`,
    replace: `isFile: true`,
    test: FEED_TEST,
  },
  ...PUBLISHER_MUTANTS,
]
