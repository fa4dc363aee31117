import { CATALOGUE_HEADER } from '#api'
import type { MiddlewareHandler } from 'hono'

/** Marks answers that were given while works are being loaded: a page that shows them asks again. */
export function catalogueMark(isLoading: () => boolean): MiddlewareHandler {
  return async (context, next) => {
    // Asked before the answer is made: what ends meanwhile may not be in it.
    const isMarked = isLoading()
    await next()
    if (isMarked) context.res.headers.set(CATALOGUE_HEADER, 'loading')
  }
}
