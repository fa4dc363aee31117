import type { Mutant } from '../../tools/mutant.ts'

const SRC = 'packages/net/src'
const REFUSALS = `${SRC}/http/refusals.test.ts`
const POLICY = `${SRC}/policy/may-dial.test.ts`
const DIALER = `${SRC}/tcp/dialer.test.ts`
const LISTENER = `${SRC}/tcp/listener.test.ts`

/** Where strangers may send us and how often, and how many of them may come. */
export const ADDRESS_MUTANTS: readonly Mutant[] = [
  {
    row: 'T1',
    guard: 'strangers may not name loopback addresses',
    file: `${SRC}/policy/may-dial.ts`,
    find: "return policy.allowLocal || learnedFrom === 'own'",
    replace: 'return true',
    test: POLICY,
  },
  {
    row: 'T1',
    guard: 'strangers may not name private addresses',
    file: `${SRC}/policy/may-dial.ts`,
    find: "return learnedFrom === 'own' || learnedFrom === 'user' || learnedFrom === 'lan'",
    replace: 'return true',
    test: POLICY,
  },
  {
    row: 'T1',
    guard: 'sees through mapped IPv4',
    file: `${SRC}/policy/ip-kind.ts`,
    find: 'if (mapped !== null) return [mapped]',
    replace: 'if (mapped !== null) return [Uint8Array.of(8, 8, 8, 8)]',
    test: POLICY,
  },
  {
    row: 'T1',
    guard: 'sees through NAT64',
    file: `${SRC}/policy/ip-kind.ts`,
    find: "if (toHex(bytes.subarray(0, 12)) === '0064ff9b0000000000000000') return [bytes.subarray(12)]",
    replace: "if (toHex(bytes.subarray(0, 4)) === '0064ff9b') return [Uint8Array.of(8, 8, 8, 8)]",
    test: POLICY,
  },
  {
    row: 'T1',
    guard: 'sees through 6to4',
    file: `${SRC}/policy/ip-kind.ts`,
    find: "if (head.startsWith('2002')) return [bytes.subarray(2, 6)]",
    replace: '',
    test: POLICY,
  },
  {
    row: 'T1',
    guard: 'knows the metadata service’s network',
    file: `${SRC}/policy/ip-kind.ts`,
    find: "range('a9fe0000', 16, 'link-local'),",
    replace: '',
    test: REFUSALS,
  },
  {
    row: 'T1',
    guard: 'the address in a URL is checked before anything is asked',
    file: `${SRC}/policy/may-fetch.ts`,
    find: "const verdict = mayDial({ host, port: portOf(url) }, learnedFrom, policy, 'http')",
    replace: "const verdict = mayDial({ host, port: portOf(url) }, 'own', policy, 'http')",
    test: REFUSALS,
  },
  {
    row: 'T1',
    guard: 'a local tracker must have a tracker’s path',
    file: `${SRC}/policy/may-fetch.ts`,
    find: "return isLocalTracker && !hasTrackerPath(url) ? no('path') : YES",
    replace: 'return YES',
    test: REFUSALS,
  },
  {
    row: 'T1',
    guard: 'dials are checked',
    file: `${SRC}/tcp/dialer.ts`,
    find: 'const verdict = mayDial(target, options.learnedFrom, this.#policy)',
    replace: "const verdict = mayDial(target, 'own', this.#policy)",
    test: DIALER,
  },
  {
    row: 'T1',
    guard: 'datagrams are checked',
    file: `${SRC}/datagrams.ts`,
    find: "if (verdict.kind === 'no') return verdict.reason",
    replace: '',
    test: `${SRC}/datagrams.test.ts`,
  },
  {
    row: 'P4',
    guard: 'one network does not take every seat',
    file: `${SRC}/tcp/listener.ts`,
    find: 'export const MAX_ACCEPTED_PER_NETWORK = 64',
    replace: 'export const MAX_ACCEPTED_PER_NETWORK = 600',
    test: LISTENER,
  },
  {
    row: 'P4',
    guard: 'accepted connections are counted',
    file: `${SRC}/tcp/listener.ts`,
    find: "if (this.#open >= MAX_ACCEPTED) return 'full'",
    replace: '',
    test: LISTENER,
  },
  {
    row: 'P14',
    guard: 'three tries at one address in ten minutes',
    file: `${SRC}/pace/dial-pace.ts`,
    find: "if (!isFree && !hasAnswered) return { kind: 'no', reason: 'tried-too-often' }",
    replace: '',
    test: DIALER,
  },
  {
    row: 'P14',
    guard: 'thirty dials a second',
    file: `${SRC}/pace/dial-pace.ts`,
    find: "return { kind: 'go', waitMs: this.#all.reserve(nowMs) }",
    replace: "return { kind: 'go', waitMs: 0 }",
    test: DIALER,
  },
  {
    row: 'P14',
    guard: 'strangers name no low ports',
    file: `${SRC}/policy/may-dial.ts`,
    find: "if (isStranger(learnedFrom) && !mayNamePort(address.port, purpose)) return no('port')",
    replace: '',
    test: POLICY,
  },
  {
    row: 'P17',
    guard: 'one network is accepted at a limited pace',
    file: `${SRC}/tcp/listener.ts`,
    find: "return this.#accepts.take(network, this.#clock.nowMs()) ? null : 'too-fast'",
    replace: 'return null',
    test: LISTENER,
  },
]
