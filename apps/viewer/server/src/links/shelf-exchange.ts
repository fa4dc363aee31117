import { LINK_NAME_CHARACTERS } from '#api'
import { KIB } from '@matinee/base'
import * as z from 'zod/mini'
import { SHELF_BYTES } from '../shelf/shelf-json.ts'
import { SUMMARY_CHARACTERS, SUMMARY_PLACES, differences } from '../shelf/shelf-summary.ts'
import type { Shelf } from '../shelf/shelf-store.ts'
import { LinkError } from './link-error.ts'
import type { MessageStream } from './message-stream.ts'

const SMALL_BYTES = 64 * KIB

const summarySchema = z.object({
  type: z.literal('matinee-shelf-summary'),
  version: z.literal(1),
  /** What the computer calls itself. */
  name: z.string().check(z.maxLength(LINK_NAME_CHARACTERS)),
  /** Its clock, milliseconds since 1970. */
  wallMs: z.number().check(z.gte(0), z.lte(8.64e15)),
  /** Where it listens. */
  port: z.number().check(z.int(), z.gte(1), z.lte(65_535)),
  places: z
    .array(z.string().check(z.regex(new RegExp(`^[0-9a-f]{${SUMMARY_CHARACTERS}}$`, 'u'))))
    .check(z.length(SUMMARY_PLACES)),
})
const doneSchema = z.object({ type: z.literal('matinee-shelf-done') })

/** How bringing two shelves together went. */
export interface Exchanged {
  /** What the other computer calls itself; not cleaned yet. */
  readonly name: string
  /** By how much its clock is ahead of ours. */
  readonly aheadMs: number
  /** Where it listens. */
  readonly port: number
}

/** What an exchange needs. */
export interface ExchangeParts {
  readonly shelf: Pick<Shelf, 'summary' | 'entriesAt' | 'merge'>
  readonly name: string
  readonly port: number
  readonly wallMs: () => number
}

/**
 * Brings two shelves together over a connection that was proved; both sides do the same. When it resolves, each has on its disk
 * what the other knew.
 *
 * Throws `LinkError`, and `ShelfError` when ours couldn't take it.
 */
export async function exchangeShelves(
  messages: MessageStream,
  { shelf, name, port, wallMs }: ExchangeParts,
): Promise<Exchanged> {
  const places = await shelf.summary()
  const saidMs = wallMs()
  messages.send({ type: 'matinee-shelf-summary', version: 1, name, port, wallMs: saidMs, places })
  const theirs = await messages.read(summarySchema, SMALL_BYTES)
  const aheadMs = theirs.wallMs - saidMs
  const differing = differences(places, theirs.places)
  messages.sendBytes(await shelf.entriesAt(differing))
  const changed = await shelf.merge(await messages.readBytes(SHELF_BYTES))
  if (changed === 'bad-request') throw new LinkError('other-version', 'no entries of a shelf')
  messages.send({ type: 'matinee-shelf-done' })
  await messages.read(doneSchema, SMALL_BYTES)
  return { name: theirs.name, port: theirs.port, aheadMs }
}
