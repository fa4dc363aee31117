import type { SocketAddress } from '@matinee/base'
import { findOther, talkTo, type LinkDialerParts } from './link-dialer.ts'
import { LinkError } from './link-error.ts'
import { parseTypedAddress } from './link-places.ts'
import type { MessageStream } from './message-stream.ts'
import type { RingEntry } from './ring.ts'

/** Where the other computer may be. */
export interface Whereabouts {
  /** Somebody typed it: then it's there or nowhere. */
  readonly typed: string | null
  /** Where it was last. */
  readonly last: SocketAddress | null
}

/**
 * Talks to the other computer of a link or a code: where somebody says that it is, else where it was last, else where it answers
 * from when the home network is asked.
 *
 * Throws `LinkError`, and what `talk` throws.
 */
export async function reachOther(
  parts: LinkDialerParts,
  whose: Pick<RingEntry, 'keys' | 'side'>,
  { typed, last }: Whereabouts,
  talk: (messages: MessageStream, at: SocketAddress) => Promise<void>,
): Promise<void> {
  const { places } = parts
  const talkAt = (at: SocketAddress): Promise<void> =>
    talkTo(parts, whose, at, (messages) => talk(messages, at))
  if (typed !== null) {
    const address = parseTypedAddress(typed, places.mayBeOther)
    if (address === null) throw new LinkError('address', 'no address of a home network')
    return talkAt(address)
  }
  if (places.hosts().length === 0) throw new LinkError('no-network', 'in no home network')
  let missed: LinkError | null = null
  if (last !== null && places.mayBeOther(last.host))
    try {
      return await talkAt(last)
    } catch (error) {
      if (!isMissed(error)) throw error
      missed = error
    }
  const found = await findOther(parts, whose)
  if (found === null) throw missed ?? new LinkError('not-found', 'nobody answered')
  return talkAt(found)
}

/** It isn't there; anything else that goes wrong is something that was said. */
function isMissed(error: unknown): error is LinkError {
  return error instanceof LinkError && (error.code === 'not-found' || error.code === 'not-let-in')
}
