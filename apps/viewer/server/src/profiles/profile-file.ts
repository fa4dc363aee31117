import { profileDraftSchema, MOST_PROFILES } from '#api'
import * as z from 'zod/mini'
import { DATA_VERSIONS } from '../session/newer-data.ts'
import { pinHashSchema } from './pin-hash.ts'

/** The profile that there always is. */
export const FIRST_PROFILE = 'first'

const storedProfileSchema = z.object({
  ...profileDraftSchema.shape,
  id: z.string().check(z.regex(/^[a-z0-9]{1,32}$/u)),
  pin: z.nullable(pinHashSchema),
  tries: z.object({
    wrong: z.number().check(z.int(), z.gte(0), z.lte(1e9)),
    lastMs: z.number().check(z.gte(0), z.lte(8.64e15)),
  }),
})

/** A profile as it's kept. Languages of the first one are in the settings, where they always were. */
export type StoredProfile = z.infer<typeof storedProfileSchema>

const fileSchema = z.object({
  version: z.literal(DATA_VERSIONS.profiles),
  profiles: z.array(storedProfileSchema).check(z.minLength(1), z.maxLength(MOST_PROFILES)),
})

/** The one profile of whoever has no file of profiles: what is there already is theirs. */
export const LONE_PROFILE: StoredProfile = {
  id: FIRST_PROFILE,
  name: '',
  picture: 'reel',
  ageLimit: null,
  withUnrated: false,
  languages: [],
  subtitles: [],
  pin: null,
  tries: { wrong: 0, lastMs: 0 },
}

/** What {@link formatProfiles} wrote; null, or a throw = something else. The first one is a grown-up's whatever the file says. */
export function parseProfiles(text: string): readonly StoredProfile[] | null {
  const { profiles } = fileSchema.parse(JSON.parse(text))
  const [first] = profiles
  const isWhole = new Set(profiles.map(({ id }) => id)).size === profiles.length
  return isWhole && first?.id === FIRST_PROFILE && first.ageLimit === null ? profiles : null
}

/** The file's text. */
export function formatProfiles(profiles: readonly StoredProfile[]): string {
  return `${JSON.stringify({ version: DATA_VERSIONS.profiles, profiles }, null, 2)}\n`
}
