import {
  TOKEN_HEADER,
  doneSchema,
  failureSchema,
  healthSchema,
  openedStreamSchema,
  paths,
  sessionSchema,
  streamStatusSchema,
  worksSchema,
  type FailureCode,
  type OpenedStream,
  type StreamStatus,
  type Work,
} from '#api'
import type { ZodMiniType, output } from 'zod/mini'

/** The server refused, or isn't there (`unreachable`). */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly code: FailureCode | 'unreachable'
  constructor(code: FailureCode | 'unreachable', options?: ErrorOptions) {
    super(`the server answered: ${code}`, options)
    this.code = code
  }
}

/** The code of a {@link ClientError}; `internal` for everything else that was thrown. */
export function codeOf(error: unknown): ClientError['code'] {
  return error instanceof ClientError ? error.code : 'internal'
}

/** The local server, as pages see it. Every method throws {@link ClientError}. */
export interface Client {
  /** Whether anybody is there. */
  health(): Promise<void>
  /** Trades the launch code for a token, which isn't kept here. */
  enter(code: string): Promise<string>
  works(): Promise<readonly Work[]>
  openWork(workId: string): Promise<OpenedStream>
  status(streamId: string): Promise<StreamStatus>
  /** Also sent while the page is going away. */
  closeStream(streamId: string): Promise<void>
}

/** @param token asked at each request, because it changes when the page gets in */
export function createClient(token: () => string | null, send: typeof fetch = fetch): Client {
  async function ask<Schema extends ZodMiniType>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    schema: Schema,
    body: unknown = {},
  ): Promise<output<Schema>> {
    const held = token()
    let response: Response
    try {
      response = await send(path, {
        method,
        headers: {
          ...(held === null ? {} : { [TOKEN_HEADER]: `Bearer ${held}` }),
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        keepalive: method === 'DELETE',
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      })
    } catch (cause) {
      throw new ClientError('unreachable', { cause })
    }
    const value: unknown = await response.json().catch(() => null)
    if (response.ok) {
      const parsed = schema.safeParse(value)
      if (parsed.success) return parsed.data
      throw new ClientError('internal', { cause: parsed.error })
    }
    const failure = failureSchema.safeParse(value)
    throw new ClientError(failure.success ? failure.data.error.code : 'internal')
  }

  return {
    health: async () => void (await ask('GET', paths.health, healthSchema)),
    enter: async (code) => (await ask('POST', paths.session, sessionSchema, { code })).token,
    works: async () => (await ask('GET', paths.works, worksSchema)).works,
    openWork: (workId) => ask('POST', paths.openWork(workId), openedStreamSchema),
    status: (streamId) => ask('GET', paths.streamStatus(streamId), streamStatusSchema),
    closeStream: async (streamId) => void (await ask('DELETE', paths.stream(streamId), doneSchema)),
  }
}
