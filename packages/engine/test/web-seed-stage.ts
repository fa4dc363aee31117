import { spanLength } from '@matinee/base'
import {
  serveFiles,
  type SimHost,
  type SimHostOptions,
  type WebAnswer,
  type WebHandler,
} from '@matinee/testkit'
import type { AddOptions, WebSeedOrigin } from '../src/index.ts'
import type { Stage } from './stage.ts'

/** A web seed on the stage, and what it was asked. */
export interface WebStand {
  readonly host: SimHost
  /** Of the server; files lie below it by their torrent's names. */
  readonly url: string
  /** Ranges asked for, in order; `null` = none was named. */
  readonly ranges: (string | null)[]
  /** Files that it doesn't have; may be changed at any time. */
  readonly lacks: Set<number>
  /** Addresses that are answered with 403; may be changed at any time. */
  refuses: (url: URL) => boolean
}

/** What a server does to an answer before it goes out. */
export type Bend = (answer: WebAnswer, count: number) => WebAnswer | Promise<WebAnswer>

export interface StandOptions {
  readonly line?: SimHostOptions
  readonly bend?: Bend
  /** Of the web seed. Default `/films/`. */
  readonly path?: string
}

/** Opens a server with the stage's files on a host of its own. `bend` makes it misbehave. */
export function webStand(
  stage: Stage,
  { line, bend = (answer) => answer, path = '/films/' }: StandOptions = {},
): WebStand {
  const host = stage.host(line)
  const { metainfo } = stage.made
  const url = `http://${host.address}${path}`
  const files = new Map(
    stage.made.contents.map((content, index) => {
      const { pathname } = new URL(metainfo.webSeedUrl(url, index))
      return [decodeURIComponent(pathname), content]
    }),
  )
  const ranges: (string | null)[] = []
  const lacks = new Set<number>()
  const stand: WebStand = { host, url, ranges, lacks, refuses: () => false }
  const serve = serveFiles(files)
  const handle: WebHandler = async (request) => {
    const isLacking = [...lacks].some(
      (index) => metainfo.webSeedUrl(url, index) === request.url.href,
    )
    if (isLacking) return { status: 404 }
    if (stand.refuses(request.url)) return { status: 403 }
    ranges.push(request.headers['range'] ?? null)
    return bend(await serve(request), ranges.length)
  }
  host.serveHttp(80, handle)
  return stand
}

/** Options that add these web seeds. */
export function withWebSeeds(
  stands: readonly WebStand[],
  more: Partial<WebSeedOrigin> = {},
): AddOptions {
  return { webSeeds: stands.map(({ url }) => ({ url, learnedFrom: 'user', ...more })) }
}

/** Bytes that the ranges asked for have together. */
export function bytesAsked({ ranges }: WebStand): number {
  return ranges.reduce((sum, range) => {
    const found = /^bytes=(\d+)-(\d+)$/u.exec(range ?? '')
    return sum + (found ? spanLength({ start: Number(found[1]), end: Number(found[2]) + 1 }) : 0)
  }, 0)
}
