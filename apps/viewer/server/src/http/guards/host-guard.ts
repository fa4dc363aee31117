import type { MiddlewareHandler } from 'hono'

/** The three names by which our own pages reach us. */
export function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`]
}

/**
 * W1: a page whose name was rebound to 127.0.0.1 still sends its own name in `Host`. Anything but our
 * three names, exactly, is answered 421 without a body, on every route.
 */
export function hostGuard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? ''
    if (!ownHosts(port()).includes(host)) return context.body(null, 421)
    await next()
    return undefined
  }
}
