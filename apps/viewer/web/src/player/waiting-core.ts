// A few lines more than usual: every state of waiting is told apart in one place.
import type { StreamStatus, StreamTrouble, StuckReason } from '#api'
import type { Sentence } from '../i18n/text-key.ts'
import { elsewhereWords } from './elsewhere-words.ts'
import type { FilmFailure, FilmSessionState } from './film-session.ts'
import type { FilmWayState } from './film-ways.ts'
import type { PlayerState } from './player-state.ts'
import type { NumberWords } from './swarm-words.ts'
import { readyUntil } from './time-line.ts'
import { timeText } from './time-text.ts'

/** A line of the waiting screen's list. */
export interface WaitingStep {
  readonly state: 'done' | 'now' | 'next'
  readonly text: Sentence
  readonly detail: Sentence | null
}

/** What the waiting screen says. `stuck` and `slow` have something the viewer can do about it. */
export interface Waiting {
  readonly kind: 'waiting' | 'slow' | 'stuck'
  readonly heading: Sentence
  readonly note: Sentence
  readonly steps: readonly WaitingStep[]
  /** In the leader's clock: seconds, or the place that is kept. */
  readonly clock: string
}

/** What is known while there is no picture. */
export interface WaitingFacts {
  readonly player: Pick<
    PlayerState,
    'playback' | 'ready' | 'positionSeconds' | 'durationSeconds' | 'rate'
  >
  readonly session: Pick<FilmSessionState, 'status' | 'failure' | 'nextTryMs'>
  /** Not in this browser, and why. Null = it plays here, or nobody knows yet. */
  readonly elsewhere: Extract<FilmWayState, { kind: 'elsewhere' }> | null
  /** Since the waiting began. */
  readonly waitedMs: number
  readonly nowMs: number
}

/** So much film ahead of the position, and the picture starts. */
export const START_SECONDS = 2

/** What hinders a film is said after so long: much of it passes before. */
export const TROUBLE_AFTER_MS = 3000

/** Nobody for so long: it's no longer "looking". */
export const NOBODY_AFTER_MS = 15_000

/** Missing parts that are named; of more it is said that there are more. */
const MOST_NAMED_PARTS = 4

/** A film that stands still for so long, though bytes come, comes too slowly. */
export const SLOW_AFTER_MS = 5000

/** What is said while there is no picture. */
export function waiting(facts: WaitingFacts, words: NumberWords): Waiting {
  const { player, session, waitedMs, elsewhere } = facts
  if (elsewhere !== null && session.failure === null)
    return elsewhereWords(elsewhere, player.positionSeconds)
  const stuck = stuckName(facts)
  if (stuck !== null)
    return {
      kind: 'stuck',
      heading: { key: `stuck.${stuck}` },
      note: { key: `stuck.${stuck}-note` },
      steps: stuckSteps(facts, words),
      clock: timeText(player.positionSeconds),
    }
  const { status } = session
  const end = readyUntil(player.ready, player.positionSeconds)
  const readySeconds = Math.max(0, end - player.positionSeconds)
  const isIndexRead = player.durationSeconds > 0
  const steps = waitingSteps(status, isIndexRead, readySeconds, words)
  const slow = slowSeconds(facts)
  if (slow !== null)
    return {
      kind: 'slow',
      heading: { key: 'waiting.slow' },
      note: { key: 'waiting.slow-note', values: { count: slow } },
      steps,
      clock: timeText(player.positionSeconds),
    }
  if (hasSource(status) && isIndexRead) {
    const left = Math.max(0, Math.ceil(START_SECONDS - readySeconds))
    return {
      kind: 'waiting',
      heading: { key: 'waiting.nearly' },
      note: { key: 'waiting.nearly-note', values: { count: left } },
      steps,
      clock: String(left),
    }
  }
  const isFound = hasSource(status)
  return {
    kind: 'waiting',
    heading: { key: isFound ? 'waiting.reading' : 'waiting.looking' },
    note: { key: isFound ? 'waiting.reading-note' : 'waiting.looking-note' },
    steps,
    clock: String(Math.floor(waitedMs / 1000)),
  }
}

function waitingSteps(
  status: StreamStatus | null,
  isIndexRead: boolean,
  readySeconds: number,
  words: NumberWords,
): readonly WaitingStep[] {
  const people = status?.people ?? { known: 0, connected: 0, sending: 0 }
  const isConnected = hasSource(status)
  const hasEnough = readySeconds >= START_SECONDS
  const rate = status?.rates.downBytesPerSecond ?? 0
  const isDescribed = status?.isDescribed ?? true
  return [
    { state: isConnected ? 'done' : 'now', ...peopleWords(people, status?.webSeeds ?? 0) },
    {
      state: isIndexRead ? 'done' : isConnected ? 'now' : 'next',
      text: {
        key: isIndexRead
          ? 'waiting.index-read'
          : isDescribed
            ? 'waiting.index'
            : 'waiting.describing',
      },
      detail: null,
    },
    {
      state: hasEnough ? 'done' : isIndexRead ? 'now' : 'next',
      text: {
        key: 'waiting.seconds',
        values: { ready: Math.min(START_SECONDS, Math.floor(readySeconds)), count: START_SECONDS },
      },
      detail:
        isIndexRead && rate > 0
          ? { key: 'waiting.rate', values: { rate: words.rate(rate) } }
          : null,
    },
    { state: hasEnough ? 'now' : 'next', text: { key: 'waiting.picture' }, detail: null },
  ]
}

function peopleWords(
  people: StreamStatus['people'],
  webSeeds: number,
): Pick<WaitingStep, 'text' | 'detail'> {
  const known = Math.max(people.known, people.connected)
  if (known === 0)
    return webSeeds === 0
      ? { text: { key: 'waiting.find' }, detail: null }
      : { text: { key: 'waiting.web-found', values: { count: webSeeds } }, detail: null }
  return {
    text: { key: 'waiting.found', values: { count: known } },
    detail: { key: 'waiting.connected', values: { count: people.connected, known } },
  }
}

/** What can be said of a film that can't go on: what is kept, and what Matinee does meanwhile. */
function stuckSteps(
  { session, player, nowMs }: WaitingFacts,
  words: NumberWords,
): readonly WaitingStep[] {
  const { status, nextTryMs } = session
  const steps: WaitingStep[] = []
  const part = status === null ? 0 : status.bytes.have / Math.max(1, status.bytes.length)
  if (part > 0)
    steps.push({
      state: 'done',
      text: { key: 'waiting.on-disk', values: { part: words.percent(part) } },
      detail: null,
    })
  if (status?.trouble?.kind === 'part-missing')
    steps.push(...missingSteps(status.trouble, player.durationSeconds, words))
  if (nextTryMs !== null)
    steps.push({
      state: 'now',
      text: { key: 'waiting.asking' },
      detail: {
        key: 'waiting.next-try',
        values: { count: Math.max(1, Math.ceil((nextTryMs - nowMs) / 1000)) },
      },
    })
  else if (status !== null && status.phase.kind !== 'failed')
    steps.push({ state: 'now', text: { key: 'waiting.asking' }, detail: null })
  return steps
}

/** A23: how much of the film can be had at all, and which minutes can't. */
function missingSteps(
  { had, missing }: Extract<StreamTrouble, { kind: 'part-missing' }>,
  durationSeconds: number,
  words: NumberWords,
): readonly WaitingStep[] {
  const part = words.percent(Math.floor(had * 100) / 100)
  const place = (fraction: number): string =>
    durationSeconds > 0 ? timeText(fraction * durationSeconds) : words.percent(fraction)
  const named = missing
    .slice(0, MOST_NAMED_PARTS)
    .map(({ start, end }) => `${place(start)}–${place(end)}`)
  const parts = [...named, ...(missing.length > named.length ? ['…'] : [])].join(', ')
  return [
    {
      state: 'now',
      text: { key: 'waiting.had', values: { part } },
      detail: parts === '' ? null : { key: 'waiting.missing', values: { parts } },
    },
  ]
}

/** What a film can be stuck with: what the server says, what the browser says, and what follows from both. */
export const STUCK_NAMES = [
  'format',
  'broken',
  'nobody',
  'network-off',
  'no-tracker',
  'unreachable',
  'part-missing',
  'server',
  'gone',
  'busy',
] as const
export type StuckName = (typeof STUCK_NAMES)[number] | StuckReason

function stuckName({ player, session, waitedMs }: WaitingFacts): StuckName | null {
  const { status, failure } = session
  if (failure !== null) return failureName(failure, waitedMs)
  if (status?.phase.kind === 'failed') return status.phase.reason
  if (player.playback.kind === 'broken')
    return player.playback.why === 'format' ? 'format' : 'broken'
  if (status === null || status.bytes.have >= status.bytes.length) return null
  if (status.trouble !== null && waitedMs >= TROUBLE_AFTER_MS) return status.trouble.kind
  return !hasSource(status) && waitedMs >= NOBODY_AFTER_MS ? 'nobody' : null
}

function failureName(failure: FilmFailure, waitedMs: number): StuckName | null {
  if (failure === 'unreachable') return waitedMs >= TROUBLE_AFTER_MS ? 'server' : null
  if (failure === 'not-found') return 'gone'
  return failure === 'busy' || failure === 'disk-full' || failure === 'disk' ? failure : 'internal'
}

/** Seconds until ten more seconds of film are here, when it comes slower than it plays; else null. */
function slowSeconds({ player, session, waitedMs }: WaitingFacts): number | null {
  const { status } = session
  if (!/^(?:stalled|opening)$/u.test(player.playback.kind) || waitedMs < SLOW_AFTER_MS) return null
  if (status === null || player.durationSeconds <= 0) return null
  const wantedRate = (status.bytes.length / player.durationSeconds) * player.rate
  const rate = status.rates.downBytesPerSecond
  if (rate <= 0 || rate >= wantedRate) return null
  return Math.min(999, Math.ceil((10 * wantedRate) / rate))
}

function hasSource(status: StreamStatus | null): boolean {
  return status !== null && (status.people.connected > 0 || status.webSeeds > 0)
}
