import type { Context } from 'hono'

/** A language tag that is worth looking at. */
const TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/u

/** The language that a request asks its texts in; English when it names none. */
export function languageOf(context: Context): string {
  const asked = context.req.query('language') ?? ''
  return TAG.test(asked) ? asked : 'en'
}
