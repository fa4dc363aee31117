import * as z from 'zod/mini'

/** Words for codecs and containers that the server knows; a page that says another one is a stranger. */
const wordsSchema = z.array(z.string().check(z.regex(/^[a-z0-9-]{2,12}$/u))).check(z.maxLength(40))

/** What a browser plays, as its page found out. */
export const browserAbilitiesSchema = z.object({
  files: z.object({ mp4: wordsSchema, webm: wordsSchema, matroska: wordsSchema }),
  pieces: z.object({ mp4: wordsSchema, webm: wordsSchema, mpeg: wordsSchema }),
})

/** POST `paths.streamWay`: how is this film played here? `sound` = the one that was chosen; null = the film's own first. */
export const filmWayRequestSchema = z.object({
  browser: browserAbilitiesSchema,
  sound: z.nullable(z.int().check(z.gte(0), z.lte(63))),
})
export type FilmWayRequest = z.infer<typeof filmWayRequestSchema>

/** Why a film doesn't play in this browser. `words` is what people call the codec. */
export const filmObstacleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), words: z.string() }),
  z.object({ kind: z.literal('sound'), words: z.string() }),
  z.object({ kind: z.literal('container') }),
  z.object({ kind: z.literal('no-picture') }),
])
export type FilmObstacle = z.infer<typeof filmObstacleSchema>

const pieceSchema = z.enum(['mp4', 'webm', 'mpeg'])

/** How the sound of a film that is taken apart gets into the browser. */
export const filmSoundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('copy'), track: z.int(), container: pieceSchema }),
  /** `paths.streamSound` gives it, as `type` says. */
  z.object({ kind: z.literal('transcode'), track: z.int(), words: z.string(), type: z.string() }),
])
export type FilmSound = z.infer<typeof filmSoundSchema>

/** How a film is played: the file as it is, taken apart by the page, or not here. */
export const filmPlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct') }),
  z.object({ kind: z.literal('remux'), picture: pieceSchema, sound: filmSoundSchema }),
  z.object({
    kind: z.literal('elsewhere'),
    why: filmObstacleSchema,
    helps: z.array(z.enum(['player', 'release', 'ffmpeg'])),
  }),
])
export type FilmPlan = z.infer<typeof filmPlanSchema>

/** Answer of `paths.streamWay`. */
export const filmWaySchema = z.object({
  plan: filmPlanSchema,
  /** The sounds inside the film, in its order. `label` in the sound's own language; null = the film doesn't say. */
  sounds: z.array(
    z.object({
      language: z.nullable(z.string()),
      label: z.nullable(z.string()),
      /** What its maker called it; may be empty. */
      title: z.string(),
      /** What people call its codec. */
      words: z.string(),
    }),
  ),
  /** Subtitles inside it that nobody reads, such as pictures of letters. */
  unreadSubtitles: z.int(),
  durationSeconds: z.nullable(z.number()),
  /** Players that this computer has. */
  players: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type FilmWay = z.infer<typeof filmWaySchema>

/** POST `paths.streamPlayer`: opens the film in a player of this computer. */
export const playerRequestSchema = z.object({
  player: z.string().check(z.maxLength(40)),
  fromSeconds: z.number().check(z.gte(0), z.lte(360_000)),
})
export type PlayerRequest = z.infer<typeof playerRequestSchema>
