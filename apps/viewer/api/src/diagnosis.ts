import * as z from 'zod/mini'
import { followedFeedSchema } from './feeds.ts'

/** By which ways an address of somebody who has a film became known; `else`: a magnet link, a redirect. */
export const FOUND_BY = [
  'tracker',
  'dht',
  'pex',
  'lan',
  'incoming',
  'remembered',
  'own',
  'else',
] as const
export type FoundBy = (typeof FOUND_BY)[number]

/** How the DHT stands. `resting`: it's opened with the first film or catalogue that asks it. */
export const DHT_STATES = ['off', 'resting', 'open'] as const

/** Most trackers and web servers that are named. */
export const MOST_NAMED_SERVERS = 40

const count = z.number().check(z.minimum(0))

/** What is known of the ways to other people. Nobody was asked for it. */
export const swarmFactsSchema = z.object({
  sharing: z.enum(['share', 'web-only']),
  /** Where others reach us over TCP; null = nothing listens, because nothing was played, or for web servers only. */
  port: z.nullable(z.number()),
  /** Those who dialed us since the start and named a film or catalogue that we have. */
  reached: z.object({
    /** From an address of the Internet: the port can be reached from there. */
    fromOutside: count,
    /** From this computer or its own network, which proves nothing about the Internet. */
    fromNear: count,
    /** ISO 8601: the last one from outside. */
    lastOn: z.nullable(z.string()),
  }),
  /** Open now: films and catalogues. */
  torrents: count,
  people: z.object({
    connected: count,
    known: count,
    /** Of the addresses that are known; ways that named nobody are left out. */
    foundBy: z.array(z.object({ way: z.enum(FOUND_BY), count })),
  }),
  dht: z.object({
    state: z.enum(DHT_STATES),
    /** Neighbours that answer. */
    nodes: count,
    /** Our address as most others see it. */
    seenAs: z.nullable(z.string()),
  }),
  /** By host: an address of a tracker may hold a key. */
  trackers: z.array(
    z.object({ host: z.string(), state: z.enum(['waiting', 'answered', 'failed']) }),
  ),
  /** By host. `resting`: it failed or is busy, and is asked again; `banned`: it gave what wasn't the film. */
  webSeeds: z.array(z.object({ host: z.string(), state: z.enum(['ready', 'resting', 'banned']) })),
})
export type SwarmFacts = z.infer<typeof swarmFactsSchema>

/** GET `paths.diagnosis`: how everything stands. Asking sends nothing to anybody and opens nothing. */
export const diagnosisSchema = z.object({
  program: z.object({
    /** Null = a copy that doesn't say. */
    version: z.nullable(z.string()),
    node: z.string(),
    system: z.enum(['linux', 'macos', 'windows', 'other']),
    /** Of the system's kernel, numbers alone; empty = it doesn't say. */
    systemVersion: z.string(),
    processor: z.enum(['x64', 'arm64', 'other']),
  }),
  swarm: swarmFactsSchema,
  /** As `paths.feeds` has them. */
  feeds: z.array(followedFeedSchema),
  disk: z.object({
    /** Where films are kept. */
    folder: z.string(),
    canWrite: z.boolean(),
    /** Null = the system doesn't say. */
    freeBytes: z.nullable(z.number()),
    usedBytes: count,
    budgetBytes: count,
  }),
  clock: z.object({
    /** ISO 8601, as this computer has it. */
    now: z.string(),
    /** The newest day (YYYY-MM-DD) that a verified catalogue was issued on; null = none tells. */
    newestIssued: z.nullable(z.string()),
  }),
  programs: z.object({
    ffmpeg: z.boolean(),
    /** Names of film players of this computer. */
    players: z.array(z.string()),
  }),
})
export type Diagnosis = z.infer<typeof diagnosisSchema>

/** POST `paths.diagnosisDht`: looks for a made-up name in the DHT; the engine is opened for it. Refused with `busy` while another one runs, and with `not-found` where the viewer doesn't use the DHT. */
export const dhtTestSchema = z.object({
  /** Nodes that answer, after it. */
  nodes: count,
})
export type DhtTest = z.infer<typeof dhtTestSchema>
