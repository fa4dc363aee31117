import { JsonFields } from './json-fields.ts'

/** The namespaces that are spoken; one validator each. What comes in another one is dropped unread. */
export const NAMESPACES = {
  connection: 'urn:x-cast:com.google.cast.tp.connection',
  heartbeat: 'urn:x-cast:com.google.cast.tp.heartbeat',
  receiver: 'urn:x-cast:com.google.cast.receiver',
  media: 'urn:x-cast:com.google.cast.media',
} as const

/** What an answer answers; 0 = nothing, it was said by itself. */
interface Answer {
  readonly requestId: number
}

/** The receiver: what runs on the screen, and how loud it is. */
export type ReceiverAnswer = Answer &
  (
    | { readonly kind: 'status'; readonly app: RunningApp | null; readonly volume: Loudness }
    | { readonly kind: 'refused'; readonly reason: string }
  )

/** The program that runs on the screen. */
export interface RunningApp {
  readonly appId: string
  readonly sessionId: string
  /** The address of messages for it. */
  readonly transportId: string
}

export interface Loudness {
  /** From 0 to 1; null = it wasn't said. */
  readonly level: number | null
  readonly isMuted: boolean
}

/** The film on the screen. */
export type MediaAnswer = Answer &
  (
    | { readonly kind: 'status'; readonly media: MediaStatus | null }
    | { readonly kind: 'refused'; readonly reason: string }
  )

export interface MediaStatus {
  readonly mediaSessionId: number
  readonly state: 'PLAYING' | 'PAUSED' | 'BUFFERING' | 'LOADING' | 'IDLE'
  /** Why it's idle; null otherwise, or when it isn't said. */
  readonly idleReason: 'FINISHED' | 'ERROR' | 'CANCELLED' | 'INTERRUPTED' | null
  readonly positionSeconds: number
  /** Null = it wasn't said. */
  readonly durationSeconds: number | null
}

/** `tp.connection`: whether the other side hangs up. Throws `CastError` `nonsense`. */
export function parseConnection(payload: string): 'close' | null {
  return JsonFields.parse(payload).text('type') === 'CLOSE' ? 'close' : null
}

/** `tp.heartbeat`. Throws `CastError` `nonsense`. */
export function parseHeartbeat(payload: string): 'ping' | 'pong' | null {
  const type = JsonFields.parse(payload).text('type')
  return type === 'PING' ? 'ping' : type === 'PONG' ? 'pong' : null
}

/** `cast.receiver`; null = nothing of interest. Throws `CastError` `nonsense`. */
export function parseReceiver(payload: string): ReceiverAnswer | null {
  const fields = JsonFields.parse(payload)
  const requestId = requestIdOf(fields)
  const type = fields.text('type')
  if (type === 'LAUNCH_ERROR' || type === 'INVALID_REQUEST')
    return { requestId, kind: 'refused', reason: reasonOf(fields, type) }
  if (type !== 'RECEIVER_STATUS') return null
  const status = fields.object('status')
  const volume = status?.object('volume') ?? null
  return {
    requestId,
    kind: 'status',
    app: appOf(status?.objects('applications')[0] ?? null),
    volume: {
      level: within(volume?.number('level') ?? null, 1),
      isMuted: volume?.boolean('muted') ?? false,
    },
  }
}

/** `cast.media`; null = nothing of interest. Throws `CastError` `nonsense`. */
export function parseMedia(payload: string): MediaAnswer | null {
  const fields = JsonFields.parse(payload)
  const requestId = requestIdOf(fields)
  const type = fields.text('type')
  if (type !== null && MEDIA_REFUSALS.has(type))
    return { requestId, kind: 'refused', reason: reasonOf(fields, type) }
  if (type !== 'MEDIA_STATUS') return null
  return { requestId, kind: 'status', media: mediaOf(fields.objects('status')[0] ?? null) }
}

const MEDIA_REFUSALS: ReadonlySet<string> = new Set([
  'LOAD_FAILED',
  'LOAD_CANCELLED',
  'INVALID_REQUEST',
  'INVALID_PLAYER_STATE',
])
const MAX_ID_CHARACTERS = 200
/** Longer than any film; a position that nobody could show is none. */
const MAX_SECONDS = 360_000
const STATES = ['PLAYING', 'PAUSED', 'BUFFERING', 'LOADING', 'IDLE'] as const
const IDLE_REASONS = ['FINISHED', 'ERROR', 'CANCELLED', 'INTERRUPTED'] as const

function requestIdOf(fields: JsonFields): number {
  const id = fields.number('requestId')
  return id !== null && Number.isSafeInteger(id) && id > 0 ? id : 0
}

/** A word for logs, never shown. */
function reasonOf(fields: JsonFields, type: string): string {
  return (fields.text('reason') ?? type).replaceAll(/[^\w .-]/gu, '').slice(0, 60)
}

function appOf(fields: JsonFields | null): RunningApp | null {
  const [appId, sessionId, transportId] = ['appId', 'sessionId', 'transportId'].map((name) => {
    const id = fields?.text(name) ?? null
    return id !== null && id.length <= MAX_ID_CHARACTERS ? id : null
  })
  if (!appId || !sessionId || !transportId) return null
  return { appId, sessionId, transportId }
}

function mediaOf(fields: JsonFields | null): MediaStatus | null {
  const mediaSessionId = fields?.number('mediaSessionId') ?? null
  const state = STATES.find((each) => each === fields?.text('playerState'))
  if (fields === null || mediaSessionId === null || state === undefined) return null
  return {
    mediaSessionId,
    state,
    idleReason: IDLE_REASONS.find((each) => each === fields.text('idleReason')) ?? null,
    positionSeconds: within(fields.number('currentTime'), MAX_SECONDS) ?? 0,
    durationSeconds: within(fields.object('media')?.number('duration') ?? null, MAX_SECONDS),
  }
}

/** A number from 0 to a most; null for everything else. */
function within(value: number | null, most: number): number | null {
  return value !== null && value >= 0 && value <= most ? value : null
}
