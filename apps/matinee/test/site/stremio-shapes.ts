/** What Stremio's add-on protocol says of its answers (docs/protocol.md and docs/api/responses of stremio-addon-sdk), strictly. */
import * as z from 'zod'

const type = z.enum(['movie', 'series', 'channel', 'tv'])
const address = z.url({ protocol: /^https?$/u })

export const manifestShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:\.[a-z0-9]+)+$/u),
  version: z.string().regex(/^\d+\.\d+\.\d+$/u),
  name: z.string().min(1),
  description: z.string().min(1),
  resources: z.array(z.enum(['catalog', 'meta', 'stream', 'subtitles'])),
  types: z.array(type),
  idPrefixes: z.array(z.string()),
  catalogs: z.array(
    z.strictObject({
      type,
      id: z.string(),
      name: z.string(),
      extra: z.array(z.strictObject({ name: z.literal('skip') })),
    }),
  ),
  contactEmail: z.string().optional(),
  behaviorHints: z.strictObject({ p2p: z.literal(true) }),
})

const preview = {
  id: z.string(),
  type,
  name: z.string(),
  poster: address,
  posterShape: z.enum(['square', 'poster', 'landscape']),
  genres: z.array(z.string()).optional(),
  releaseInfo: z
    .string()
    .regex(/^\d{4}(?:-(?:\d{4})?)?$/u)
    .optional(),
  director: z.array(z.string()).optional(),
  description: z.string().optional(),
}
export const catalogShape = z.strictObject({ metas: z.array(z.strictObject(preview)).max(100) })

export const metaShape = z.strictObject({
  meta: z.strictObject({
    ...preview,
    background: address.optional(),
    cast: z.array(z.string()).optional(),
    runtime: z.string().optional(),
    website: address,
    links: z.array(z.strictObject({ name: z.string(), category: z.string(), url: address })),
    videos: z
      .array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          released: z.iso.datetime(),
          season: z.int(),
          episode: z.int(),
          overview: z.string().optional(),
        }),
      )
      .optional(),
  }),
})

const subtitle = z.strictObject({ id: z.string(), url: address, lang: z.string().min(2) })
export const subtitlesShape = z.strictObject({ subtitles: z.array(subtitle) })

const common = {
  name: z.string(),
  description: z.string(),
  subtitles: z.array(subtitle),
}
const hints = { bingeGroup: z.string(), filename: z.string(), videoSize: z.int().positive() }
export const streamsShape = z.strictObject({
  streams: z.array(
    z.union([
      z.strictObject({
        ...common,
        url: address,
        behaviorHints: z.strictObject({ ...hints, notWebReady: z.boolean() }),
      }),
      z.strictObject({
        ...common,
        infoHash: z.string().regex(/^[0-9a-f]{40}$/u),
        fileIdx: z.int().nonnegative().optional(),
        sources: z.array(z.string().regex(/^(?:tracker:(?:udp|https?):\/\/|dht:[0-9a-f]{40}$)/u)),
        behaviorHints: z.strictObject(hints),
      }),
    ]),
  ),
})
