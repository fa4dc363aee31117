import * as z from 'zod/mini'

/** Characters of what a computer calls itself. */
export const LINK_NAME_CHARACTERS = 80

/** Links of one installation. */
export const MOST_LINKS = 16

/** The port of the home network on which linked computers hear each other, TCP and UDP. */
export const LINK_PORT = 8582

/**
 * Why a link couldn't be made or used; the page has a sentence for each.
 * - `code`: there is a slip in the code
 * - `own-code`: it's the one that is shown here
 * - `address`: it's no address of a home network
 * - `not-found`: nobody answered
 * - `not-let-in`: somebody answered, and doesn't know this link or code
 * - `other-kind`: one is a children's profile, the other isn't
 * - `full`: there are as many links as may be, here or there
 * - `other-version`: what came isn't said by this version of Matinee
 * - `too-large`: what came is more than a shelf
 * - `broken`: the connection ended too soon
 * - `no-network`: this computer is in no home network
 * - `disk`: nothing could be written here
 */
export const LINK_PROBLEMS = [
  'code',
  'own-code',
  'address',
  'not-found',
  'not-let-in',
  'other-kind',
  'full',
  'other-version',
  'too-large',
  'broken',
  'no-network',
  'disk',
] as const
export type LinkProblem = (typeof LINK_PROBLEMS)[number]

/** A computer whose shelf is kept the same as one here. */
export const linkSchema = z.object({
  id: z.string(),
  /** What the other computer calls itself. */
  name: z.string(),
  /** Whose shelf it is here. */
  profile: z.string(),
  /** When both were last the same, milliseconds since 1970; null = never yet. */
  syncedAtMs: z.nullable(z.number()),
  isBusy: z.boolean(),
  /** Why the last try failed; null = it didn't. */
  problem: z.nullable(z.enum(LINK_PROBLEMS)),
  /** By how many minutes its clock is ahead of ours (negative: behind), where it matters; else 0. */
  aheadMinutes: z.number(),
})
export type Link = z.infer<typeof linkSchema>

/** GET `paths.links`, and what every change of them answers. */
export const linksSchema = z.object({
  /** What this computer calls itself. */
  name: z.string(),
  /** Where it's reached, `host:port`; empty while nobody may. */
  addresses: z.array(z.string()),
  /** Of the profile that watches, and of children's. */
  links: z.array(linkSchema),
  /** Profiles that may be linked from here. */
  profiles: z.array(z.object({ id: z.string(), name: z.string(), isChild: z.boolean() })),
  /** The code that is shown; null = none. */
  code: z.nullable(z.object({ code: z.string(), profile: z.string(), lastsSeconds: z.number() })),
})
export type Links = z.infer<typeof linksSchema>

const profile = z.string().check(z.maxLength(32))
const address = z.nullable(z.string().check(z.maxLength(80)))

/** POST `paths.linkCode`: let another computer link with the shelf of this profile. */
export const linkCodeRequestSchema = z.object({ profile })

/** POST `paths.links`: the code of another computer, and where it is when it isn't found by itself. */
export const linkRequestSchema = z.object({
  code: z.string().check(z.maxLength(80)),
  profile,
  address,
})
export type LinkRequest = z.infer<typeof linkRequestSchema>

/** POST `paths.linkSync`: now, and perhaps at this address. */
export const syncRequestSchema = z.object({ address })

/** The answer of what needs the other computer. */
export const linkAnswerSchema = z.object({
  /** Null = it's done. */
  problem: z.nullable(z.enum(LINK_PROBLEMS)),
  links: linksSchema,
})
export type LinkAnswer = z.infer<typeof linkAnswerSchema>
