import * as z from 'zod/mini'
import { partSchema } from './work-details.ts'

/** POST `paths.playWork`: which film of a work; null = the one that fits best. */
export const playRequestSchema = z.object({
  episodeId: z.nullable(z.string().check(z.maxLength(200))),
  releaseId: z.nullable(z.string().check(z.maxLength(200))),
})
export type PlayRequest = z.infer<typeof playRequestSchema>

/** What the player needs of a film. The addresses die with the stream. */
export const filmSchema = z.object({
  streamId: z.string(),
  workId: z.string(),
  episodeId: z.nullable(z.string()),
  releaseId: z.string(),
  title: z.string(),
  /** "Season 1, episode 2: The ferry" of an episode, in the viewer's language; else null. */
  subtitle: z.nullable(z.string()),
  /** From the record; null = the file knows. */
  durationSeconds: z.nullable(z.number()),
  mediaUrl: z.string(),
  /** Whether browsers play such a file, as far as the record says what it is. */
  plays: z.boolean(),
  /**
   * WebVTT whatever the release has, and of styled ones a script to be drawn (null = not styled). `label` in the track's
   * own language.
   */
  captions: z.array(
    z.object({
      language: z.string(),
      label: z.string(),
      forced: z.boolean(),
      url: z.string(),
      scriptUrl: z.nullable(z.string()),
    }),
  ),
  /** Audio description, each a file that is heard in the place of the film's own sound. `label` in its own language. */
  descriptions: z.array(z.object({ language: z.string(), label: z.string(), url: z.string() })),
  chapters: z.array(partSchema),
  /** Where it was left; null = from the start. */
  resumeSeconds: z.nullable(z.number()),
  /** What comes after, in a series. */
  next: z.nullable(z.object({ episodeId: z.string(), title: z.string() })),
  attribution: z.string(),
  /**
   * What may be made of a frame that is handed on: `free`, as it pleases; `unmodified`, a plain one; `none`, it isn't sure
   * that it may be. The address of the licence's deed; null = it has none.
   */
  postcard: z.object({
    rule: z.enum(['free', 'unmodified', 'none']),
    licenceUrl: z.nullable(z.string()),
  }),
})
export type Film = z.infer<typeof filmSchema>

/** One of those we talk to, for the statistics overlay. */
export const peerLineSchema = z.object({
  kind: z.enum(['peer', 'web-seed']),
  /** Address, or a web seed's host. */
  address: z.string(),
  client: z.nullable(z.string()),
  downBytesPerSecond: z.number(),
  upBytesPerSecond: z.number(),
  have: z.number(),
  state: z.enum(['connecting', 'waiting', 'sending', 'idle']),
})

/** GET `paths.streamStatistics`. At most 50 lines. */
export const streamStatisticsSchema = z.object({
  infoHash: z.string(),
  peers: z.array(peerLineSchema),
  trackers: z.array(
    z.object({ host: z.string(), state: z.string(), people: z.nullable(z.number()) }),
  ),
  pieceLength: z.number(),
  pieceCount: z.number(),
  piecesHad: z.number(),
  wastedBytes: z.number(),
})
export type StreamStatistics = z.infer<typeof streamStatisticsSchema>
