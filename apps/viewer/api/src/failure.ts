import * as z from 'zod/mini'

/**
 * Why the server refused, as stable words; the page has a sentence for each.
 * - `no-session`: no token, or one that was revoked
 * - `launch-code`: the code was used before, or never given out
 * - `foreign`: the request doesn't come from our own page
 * - `not-found`, `bad-request`: as they say
 * - `busy`: too many films are open
 * - `taken`: something is called so already
 * - `folder`: films can't be kept there
 * - `disk-full`, `disk`: the disk has no room, or failed; nothing was changed
 * - `no-feed`: there is no feed at that address that we could verify
 * - `other-feed`: what is there is another feed, not the one whose fingerprint was accepted
 * - `no-profile`: nobody said who watches
 * - `grown-ups`: not from a children's profile
 * - `pin`: another PIN, or one is needed
 * - `pin-wait`: too many wrong ones; the profile says for how long
 * - `passphrase`: another one, or the file was changed
 * - `internal`: our fault
 */
export const FAILURE_CODES = [
  'no-session',
  'launch-code',
  'foreign',
  'not-found',
  'bad-request',
  'busy',
  'taken',
  'folder',
  'disk-full',
  'disk',
  'no-feed',
  'other-feed',
  'no-profile',
  'grown-ups',
  'pin',
  'pin-wait',
  'passphrase',
  'internal',
] as const

export const failureSchema = z.object({ error: z.object({ code: z.enum(FAILURE_CODES) }) })

/** One of {@link FAILURE_CODES}. */
export type FailureCode = (typeof FAILURE_CODES)[number]

/** The body of every answer of the API with a status of 400 or more. */
export type Failure = z.infer<typeof failureSchema>
