import * as z from 'zod/mini'

/** The drawn pictures that a profile may have. The page has a drawing for each. */
export const PROFILE_PICTURES = [
  'reel',
  'ticket',
  'moon',
  'owl',
  'cat',
  'kite',
  'boat',
  'lantern',
] as const
export type ProfilePicture = (typeof PROFILE_PICTURES)[number]

/** Ages that a children's profile may have, in years. */
export const AGE_LIMITS = [0, 6, 9, 12, 14, 16] as const

/** Most profiles of one installation. */
export const MOST_PROFILES = 8

/** A PIN: 4 to 8 digits. */
export const pinSchema = z.string().check(z.regex(/^[0-9]{4,8}$/u))
const languages = z
  .array(z.string().check(z.regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u), z.maxLength(35)))
  .check(z.maxLength(20))

/** What somebody decides about a profile. */
export const profileDraftSchema = z.object({
  /** Empty only for the first one, until it's named. */
  name: z.string().check(z.maxLength(40)),
  picture: z.enum(PROFILE_PICTURES),
  /** The oldest age that a work may be made for; null = a grown-up's profile. Always null for the first one. */
  ageLimit: z.nullable(z.literal(AGE_LIMITS)),
  /** Works of which nobody says for which age they are; counts only under an age limit. */
  withUnrated: z.boolean(),
  /** As in the settings, which these are for whoever watches with the profile. */
  languages,
  subtitles: languages,
})
export type ProfileDraft = z.infer<typeof profileDraftSchema>

/** A profile, as pages see it. */
export const profileSchema = z.object({
  ...profileDraftSchema.shape,
  id: z.string(),
  /** The one that was there before there were others: it stays, and is a grown-up's. */
  isFirst: z.boolean(),
  hasPin: z.boolean(),
  /** Until the next try of its PIN; 0 = now. */
  waitSeconds: z.number(),
})
export type Profile = z.infer<typeof profileSchema>

/** GET `paths.profiles`, and what every change of them answers. */
export const profilesSchema = z.object({
  profiles: z.array(profileSchema),
  /** Who watches in this browser; null = nobody said yet. */
  current: z.nullable(z.string()),
})
export type Profiles = z.infer<typeof profilesSchema>

/** POST `paths.profileChoice`: from now on this browser's requests are this profile's. `pin` is null where it has none. */
export const profileChoiceSchema = z.object({ id: z.string(), pin: z.nullable(pinSchema) })
export type ProfileChoice = z.infer<typeof profileChoiceSchema>

/**
 * PUT `paths.profile`, POST `paths.profileRemoval`: `pin` is that profile's own where it is another grown-up's with a PIN,
 * else null.
 */
export const profileChangeSchema = z.object({
  draft: profileDraftSchema,
  pin: z.nullable(pinSchema),
})
export type ProfileChange = z.infer<typeof profileChangeSchema>
export const profileRemovalSchema = z.object({ pin: z.nullable(pinSchema) })

/** PUT `paths.profilePin`. `pin`: the one that holds now, needed of a grown-up's profile. `next` null = none any more. */
export const pinChangeSchema = z.object({ pin: z.nullable(pinSchema), next: z.nullable(pinSchema) })
export type PinChange = z.infer<typeof pinChangeSchema>
