/**
 * A large file, fetched on from where an earlier try or an earlier run stopped. It lies under `<path>.part` with what
 * is known of its source beside it, until its length and hashes are those that were named.
 */
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  DAY_MS,
  KIB,
  MINUTE_MS,
  NetworkError,
  SECOND_MS,
  sleep,
  type Clock,
  type HttpResponse,
  type LearnedFrom,
} from '@matinee/base'
import { HarvestError } from '../harvest-error.ts'
import { fieldOf, wholeOf } from '../loose-field.ts'
import { contentRangeOf } from './content-range.ts'
import { differenceFrom, digestFile, type NamedBytes } from './file-digest.ts'
import type { PoliteWeb } from './polite-web.ts'

/** A file to fetch. */
export interface DownloadOrder extends NamedBytes {
  readonly url: string
  readonly learnedFrom: LearnedFrom
  /** Absolute: where it goes. */
  readonly path: string
  /** The most that may come, whatever was named. */
  readonly maxBytes: number
  readonly onProgress: (doneBytes: number, totalBytes: number | null) => void
  readonly signal: AbortSignal
}

/** A file that is here and is what was named. */
export interface FetchedFile {
  readonly lengthBytes: number
  readonly sha1: string
  readonly sha256: string
  /** Whether anybody had named a hash to compare it with. */
  readonly wasNamed: boolean
}

/** The first try and those after the line broke without anything having come. */
const TRIES = 4
const AFTER_BREAK_MS = 5 * SECOND_MS
/** A source that sends less than this in so long is left. */
const WATCH_MS = MINUTE_MS
const LEAST_BYTES = 64 * KIB
const WHOLE_MS = DAY_MS

/** Fetches a file. Throws {@link HarvestError}, a system's error of the disk, or the signal's reason. */
export async function download(
  web: PoliteWeb,
  clock: Clock,
  order: DownloadOrder,
): Promise<FetchedFile> {
  const there = await lengthOf(order.path)
  if (there === null) {
    await mkdir(dirname(order.path), { recursive: true })
    await fetchAll(web, clock, order)
  }
  const part = there === null ? partOf(order.path) : order.path
  const fetched = await digestFile(part, order.signal)
  const wrong = differenceFrom(order, fetched)
  if (wrong !== null) {
    // What is wrong from its first byte on can't be fetched on.
    await rm(part, { force: true })
    await rm(noteOf(order.path), { force: true })
    throw new HarvestError('wrong-hash', `${order.url}: ${wrong}`)
  }
  if (there === null) {
    await using file = await open(part, 'r+')
    await file.sync()
    await rename(part, order.path)
    await rm(noteOf(order.path), { force: true })
  }
  const wasNamed = (order.sha256 ?? order.sha1 ?? order.md5) !== null
  const { lengthBytes, sha1, sha256 } = fetched
  return { lengthBytes, sha1, sha256, wasNamed }
}

async function fetchAll(web: PoliteWeb, clock: Clock, order: DownloadOrder): Promise<void> {
  for (let tries = 0; ;) {
    const before = await lengthOf(partOf(order.path))
    try {
      await fetchOn(web, clock, order)
      return
    } catch (error) {
      const isBroken = error instanceof HarvestError && error.code === 'network'
      if (!isBroken) throw error
      const after = await lengthOf(partOf(order.path))
      tries = (after ?? 0) > (before ?? 0) ? 1 : tries + 1
      if (tries >= TRIES) throw error
      await sleep(clock, AFTER_BREAK_MS * 2 ** (tries - 1), order.signal)
    }
  }
}

/** One question: for the rest, when the source can say that it's the rest of the same. */
async function fetchOn(web: PoliteWeb, clock: Clock, order: DownloadOrder): Promise<void> {
  const part = partOf(order.path)
  const validator = await readNote(noteOf(order.path), order.url)
  const have = validator === null ? 0 : ((await lengthOf(part)) ?? 0)
  if (have > 0 && have === order.lengthBytes) return
  const isRest = have > 0 && validator !== null
  const stall = new AbortController()
  const signal = AbortSignal.any([order.signal, stall.signal])
  const { url, learnedFrom, maxBytes } = order
  const headers = isRest ? { range: `bytes=${have}-`, 'if-range': validator } : undefined
  const question = { url, learnedFrom, maxBytes, timeoutMs: WHOLE_MS, signal }
  const asked = headers === undefined ? question : { ...question, headers }
  await web.ask(asked, (response) => take(response, order, isRest ? have : 0, clock, stall))
}

async function take(
  response: HttpResponse,
  order: DownloadOrder,
  have: number,
  clock: Clock,
  stall: AbortController,
): Promise<void> {
  const { status, headers } = response
  const from = status === 206 ? have : 0
  if (status === 404 || status === 410)
    throw new HarvestError('gone', `${order.url} isn't there (${status})`)
  if (status === 416) {
    await rm(noteOf(order.path), { force: true })
    throw new HarvestError('network', `${order.url} has no such rest; it begins anew`)
  }
  const range = status === 206 ? contentRangeOf(headers['content-range']) : null
  const isAnswer = status === 200 || (have > 0 && range !== null && range.start === have)
  if (!isAnswer) throw new HarvestError('answer', `${order.url} answered ${status}`)
  const announced = headers['content-length'] ?? ''
  const length = wholeOf(announced)
  const total = range?.total ?? (length === null || status !== 200 ? null : length)
  if (order.lengthBytes !== null && total !== null && total !== order.lengthBytes)
    throw new HarvestError(
      'wrong-hash',
      `${order.url} has ${total} bytes, not the ${order.lengthBytes} that were named`,
    )
  if ((total ?? 0) > order.maxBytes)
    throw new HarvestError('too-large', `${order.url} has ${total} bytes`)
  await writeNote(noteOf(order.path), order.url, headers)
  await write(response, order, from, total, clock, stall)
}

async function write(
  { body }: HttpResponse,
  order: DownloadOrder,
  from: number,
  total: number | null,
  clock: Clock,
  stall: AbortController,
): Promise<void> {
  const limit = order.lengthBytes ?? order.maxBytes
  await using file = await open(partOf(order.path), from === 0 ? 'w' : 'r+')
  let at = from
  let seen = at
  const look = (): void => {
    if (at - seen < LEAST_BYTES) return stall.abort(new NetworkError('timeout', 'it stalled'))
    seen = at
    watch = clock.setTimer(WATCH_MS, look)
  }
  let watch = clock.setTimer(WATCH_MS, look)
  try {
    for await (const chunk of body) {
      if (at + chunk.length > limit)
        throw new HarvestError('too-large', `${order.url} sends more than ${limit} bytes`)
      await file.write(chunk, 0, chunk.length, at)
      at += chunk.length
      order.onProgress(at, total)
    }
  } catch (error) {
    // Only the source stalled: the order itself goes on, with another try.
    if (stall.signal.aborted && !order.signal.aborted)
      throw new HarvestError('network', `${order.url} stalled`, { cause: error })
    throw error
  } finally {
    watch.cancel()
  }
  if (total !== null && at < total) throw new HarvestError('network', `${order.url} ended early`)
}

const partOf = (path: string): string => `${path}.part`
const noteOf = (path: string): string => `${path}.part.json`

async function lengthOf(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ size }) => size,
    () => null,
  )
}

/** A validator by which the source can tell whether what it has is still the same (RFC 9110 section 13.1.5). */
async function writeNote(
  path: string,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const etag = headers['etag'] ?? ''
  const isStrong = /^"[^"]{1,200}"$/u.test(etag)
  const validator = isStrong ? etag : (headers['last-modified'] ?? '')
  if (validator === '' || validator.length > 256) await rm(path, { force: true })
  else await writeFile(path, JSON.stringify({ url, validator }))
}

async function readNote(path: string, url: string): Promise<string | null> {
  try {
    const note: unknown = JSON.parse(await readFile(path, 'utf8'))
    const validator = fieldOf(note, 'validator')
    return fieldOf(note, 'url') === url && typeof validator === 'string' ? validator : null
  } catch {
    return null // none, or cut off by a crash: the file begins anew
  }
}
