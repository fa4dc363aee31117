import { CATALOGUE_HEADER, TOKEN_HEADER, failureSchema, type FailureCode } from '#api'
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

/** How one request differs from a plain GET. */
export interface RequestOptions {
  /** Default: `GET`. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Search parameters. */
  readonly search?: URLSearchParams
  /** JSON. Default: `{}`, where the method has a body. */
  readonly body?: unknown
  /** Given up when it's aborted: the reason is thrown, not a {@link ClientError}. */
  readonly signal?: AbortSignal | undefined
}

/** Asks the server for one address and makes a typed value of the answer. Throws {@link ClientError}. */
export type Ask = <Schema extends ZodMiniType>(
  path: string,
  schema: Schema,
  options?: RequestOptions,
) => Promise<output<Schema>>

/**
 * @param token asked at each request, because it changes when the page gets in
 * @param onLoading told of each answer that was given while the catalogue loads works
 */
export function createAsk(
  token: () => string | null,
  send: typeof fetch = fetch,
  onLoading: () => void = () => undefined,
): Ask {
  return async (path, schema, { method = 'GET', search, body = {}, signal } = {}) => {
    const held = token()
    const hasSearch = search !== undefined && search.size > 0
    let response: Response
    let value: unknown
    try {
      response = await send(hasSearch ? `${path}?${search}` : path, {
        method,
        headers: {
          ...(held === null ? {} : { [TOKEN_HEADER]: `Bearer ${held}` }),
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        // What closes or keeps something must arrive while the page is going away.
        keepalive: method === 'DELETE' || method === 'PUT',
        ...(signal === undefined ? {} : { signal }),
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      })
      value = await response.json().catch(() => null)
    } catch (cause) {
      signal?.throwIfAborted()
      throw new ClientError('unreachable', { cause })
    }
    signal?.throwIfAborted()
    if (response.headers.get(CATALOGUE_HEADER) === 'loading') onLoading()
    if (response.ok) {
      const parsed = schema.safeParse(value)
      if (parsed.success) return parsed.data
      throw new ClientError('internal', { cause: parsed.error })
    }
    const failure = failureSchema.safeParse(value)
    throw new ClientError(failure.success ? failure.data.error.code : 'internal')
  }
}
