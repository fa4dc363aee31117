import type { StreamStatus, StuckReason } from '#api'
import type { Sentence } from '../i18n/text-key.ts'
import type { PlayerState } from './player-state.ts'
import type { NumberWords } from './swarm-words.ts'
import { readyUntil } from './time-line.ts'

/** A line of the waiting screen's list. */
export interface WaitingStep {
  readonly state: 'done' | 'now' | 'next'
  readonly text: Sentence
  readonly detail: Sentence | null
}

/** What the waiting screen says. `stuck` has something the viewer can do about it. */
export interface Waiting {
  readonly kind: 'waiting' | 'stuck'
  readonly heading: Sentence
  readonly note: Sentence
  readonly steps: readonly WaitingStep[]
  /** In the leader's clock. */
  readonly number: number
}

/** So much film ahead of the position, and the picture starts. */
export const START_SECONDS = 2

/** Nobody for so long: it's no longer "looking". */
export const NOBODY_AFTER_MS = 15_000

/**
 * What is said while there is no picture.
 *
 * @param status null before the server has told anything
 * @param waitedMs since the waiting began
 */
export function waiting(
  player: Pick<PlayerState, 'playback' | 'ready' | 'positionSeconds' | 'durationSeconds'>,
  status: StreamStatus | null,
  waitedMs: number,
  words: NumberWords,
): Waiting {
  const readySeconds = Math.max(
    0,
    readyUntil(player.ready, player.positionSeconds) - player.positionSeconds,
  )
  const isIndexRead = player.durationSeconds > 0
  const steps = waitingSteps(status, isIndexRead, readySeconds, words)
  const stuck = stuckWords(player, status, waitedMs)
  if (stuck !== null) return { kind: 'stuck', ...stuck, steps, number: Math.floor(waitedMs / 1000) }
  const isConnected = (status?.people.connected ?? 0) > 0
  const left = Math.max(0, Math.ceil(START_SECONDS - readySeconds))
  if (isConnected && isIndexRead)
    return {
      kind: 'waiting',
      heading: { key: 'waiting.nearly' },
      note: { key: 'waiting.nearly-note', values: { count: left } },
      steps,
      number: left,
    }
  return {
    kind: 'waiting',
    heading: { key: isConnected ? 'waiting.reading' : 'waiting.looking' },
    note: { key: isConnected ? 'waiting.reading-note' : 'waiting.looking-note' },
    steps,
    number: Math.floor(waitedMs / 1000),
  }
}

function waitingSteps(
  status: StreamStatus | null,
  isIndexRead: boolean,
  readySeconds: number,
  words: NumberWords,
): readonly WaitingStep[] {
  const people = status?.people ?? { known: 0, connected: 0, sending: 0 }
  const isConnected = people.connected > 0
  const hasEnough = readySeconds >= START_SECONDS
  const known = Math.max(people.known, people.connected)
  const rate = status?.rates.downBytesPerSecond ?? 0
  return [
    {
      state: isConnected ? 'done' : 'now',
      text:
        known === 0 ? { key: 'waiting.find' } : { key: 'waiting.found', values: { count: known } },
      detail:
        known === 0
          ? null
          : { key: 'waiting.connected', values: { count: people.connected, known } },
    },
    {
      state: isIndexRead ? 'done' : isConnected ? 'now' : 'next',
      text: { key: isIndexRead ? 'waiting.index-read' : 'waiting.index' },
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

function stuckWords(
  player: Pick<PlayerState, 'playback'>,
  status: StreamStatus | null,
  waitedMs: number,
): { readonly heading: Sentence; readonly note: Sentence } | null {
  const say = (
    name: StuckReason | 'format' | 'broken' | 'nobody',
  ): { heading: Sentence; note: Sentence } => ({
    heading: { key: `stuck.${name}` },
    note: { key: `stuck.${name}-note` },
  })
  const phase = status?.phase
  if (phase?.kind === 'failed') return say(phase.reason)
  if (player.playback.kind === 'broken')
    return say(player.playback.why === 'format' ? 'format' : 'broken')
  const isAlone = status !== null && status.people.connected === 0
  const isMissingSome = status !== null && status.bytes.have < status.bytes.length
  return isAlone && isMissingSome && waitedMs >= NOBODY_AFTER_MS ? say('nobody') : null
}
