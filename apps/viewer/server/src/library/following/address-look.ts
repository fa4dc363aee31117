import { messageOf, untilAborted } from '@matinee/base'
import type { FeedAddress } from './feed-address.ts'
import type { FeedSource } from './feed-source.ts'
import type { FollowingWorld } from './followed-feed.ts'
import { Deadline, checkTimeMs } from './source-pace.ts'

/**
 * What `read` finds at an address that the viewer typed, in the time that one may take; null = nothing, or it can't be had,
 * which `log` hears as `nothing`. Throws the signal's reason.
 */
export async function lookAt<Found>(
  address: FeedAddress,
  world: FollowingWorld,
  signal: AbortSignal,
  nothing: string,
  read: (source: FeedSource, signal: AbortSignal) => Promise<Found | null>,
): Promise<Found | null> {
  const { clock, log } = world
  using deadline = new Deadline(clock, checkTimeMs(address.kind), signal)
  try {
    const source = world.openSource(address, true)
    return await untilAborted(read(source, deadline.signal), deadline.signal)
  } catch (error) {
    signal.throwIfAborted()
    log.info(nothing, { kind: address.kind, reason: messageOf(error) })
    return null
  }
}
