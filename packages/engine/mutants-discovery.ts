import type { Mutant } from '../../tools/mutant.ts'

const DISCOVERY = 'packages/engine/src/discovery'
const FINDING_TEST = 'packages/engine/test/finding-peers.sim.test.ts'
const TRACKERS_TEST = 'packages/engine/test/discovery.sim.test.ts'
const TIERS_TEST = `${DISCOVERY}/tracker-tiers.test.ts`

/** Guards of where peers are learned from. */
export const DISCOVERY_MUTANTS: readonly Mutant[] = [
  {
    row: 'F9',
    guard: 'leaves the DHT with a private torrent',
    file: `${DISCOVERY}/discovery.ts`,
    find: 'if (this.#isPrivate) this.#endSearches()',
    replace: 'if (this.#isStopped) this.#endSearches()',
    test: FINDING_TEST,
  },
  {
    row: 'F9',
    guard: 'remembers nobody of a private torrent',
    file: `${DISCOVERY}/discovery.ts`,
    find: 'const isKept = this.#isStarted && !this.#isPrivate',
    replace: 'const isKept = this.#isStarted',
    test: FINDING_TEST,
  },
  {
    row: 'F9',
    guard: 'speaks of the DHT to nobody of a private torrent',
    file: `${DISCOVERY}/discovery.ts`,
    find: 'return this.#dht !== null && !this.#isPrivate',
    replace: 'return true',
    test: FINDING_TEST,
  },
  {
    row: 'F10',
    guard: 'takes the torrent that was asked for from an exact source',
    file: `${DISCOVERY}/exact-source.ts`,
    find: 'if (isOther) throw',
    replace: 'if (response.status < 0) throw',
    test: FINDING_TEST,
  },
  {
    row: 'F10',
    guard: 'says whose word an exact source is',
    file: `${DISCOVERY}/exact-source.ts`,
    find: "    learnedFrom: 'magnet',",
    replace: "    learnedFrom: 'own',",
    test: FINDING_TEST,
  },
  {
    row: 'T4',
    guard: 'takes an answer from the tracker that was asked',
    file: `${DISCOVERY}/udp-tracker.ts`,
    find: 'if (waiting && addressKey(waiting.to) === addressKey(from)) waiting.take(bytes)',
    replace: 'if (waiting && addressKey(from)) waiting.take(bytes)',
    test: TRACKERS_TEST,
  },
  {
    row: 'T4',
    guard: 'asks a tracker that does not answer ever later',
    file: `${DISCOVERY}/udp-tracker.ts`,
    find: 'FIRST_WAIT_MS * 2 ** tries',
    replace: 'FIRST_WAIT_MS * 1 ** tries',
    test: TRACKERS_TEST,
  },
  {
    row: 'A12',
    guard: 'looks for peers in the DHT',
    file: `${DISCOVERY}/discovery.ts`,
    find: "onPeers: (peers) => this.#onPeers(peers, 'dht'),",
    replace: 'onPeers: () => {},',
    test: FINDING_TEST,
  },
  {
    row: 'A12',
    guard: 'dials those it reached the last time',
    file: `${DISCOVERY}/discovery.ts`,
    find: 'if (!this.#isStopped && peers.length > 0)',
    replace: 'if (!this.#isStopped && peers.length < 0)',
    test: FINDING_TEST,
  },
  {
    row: 'A12',
    guard: 'asks the next tracker when one fails',
    file: `${DISCOVERY}/tracker-tiers.ts`,
    find: 'onFailed: () => this.#failed(),',
    replace: 'onFailed: () => {},',
    test: TIERS_TEST,
  },
  {
    row: 'A12',
    guard: 'asks a dead tracker ever more rarely',
    file: `${DISCOVERY}/announcer.ts`,
    find: 'FIRST_WAIT_MS * 2 ** this.#failures',
    replace: 'FIRST_WAIT_MS * 1 ** this.#failures',
    test: TIERS_TEST,
  },
  {
    row: 'A21',
    guard: 'reads a damaged file of our own as an empty one',
    file: 'packages/engine/src/store/bencoded-file.ts',
    find: `log.warn('file of our own not read', { name, reason: messageOf(error) })`,
    replace: 'throw error',
    test: FINDING_TEST,
  },
]
