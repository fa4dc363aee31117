import type { MiddlewareHandler } from 'hono'

/** The policy of the pages. What runs in WebAssembly does so in a worker, which has {@link DRAWING_POLICY}. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The pages bring their own type faces, and `default-src 'none'` would refuse them.
  "font-src 'self'",
  // A browser may install the page as an application.
  "manifest-src 'self'",
  // These two don't fall back to `default-src`.
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * The policy of the pages' scripts, which is that of the workers among them: one reads a film from this server, and
 * nothing else of theirs leaves it.
 */
export const SCRIPT_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/**
 * The policy of the one worker that runs a program in WebAssembly: it draws subtitles. No script is loaded by it, and
 * it talks to this server alone.
 */
export const DRAWING_POLICY = `${SCRIPT_POLICY}; script-src 'wasm-unsafe-eval'`

/** The policy of what came out of a torrent (F11): even a page in disguise could do nothing. */
export const MEDIA_POLICY = "sandbox; default-src 'none'"

/** The policy of everything else. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * What every answer carries, whatever route made it. W3: readable by our own origin only, and there is no
 * `Access-Control-*` in this program. W4: nobody may frame it. W9: no address leaks by the referrer.
 */
export function answerHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { headers } = context.res
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('x-frame-options', 'DENY')
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', DATA_POLICY)
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}
