import type { Network } from '@matinee/base'
import { CastError, type FoundScreen } from '@matinee/cast'

/** This computer's address as the screen sees it. Throws `CastError` `away`. */
export async function ownAddressTowards(
  { address }: FoundScreen,
  { dialer }: Network,
  signal: AbortSignal,
): Promise<string> {
  try {
    const stream = await dialer.dial(address, { learnedFrom: 'user', signal })
    stream.destroy()
    return stream.local.host
  } catch (cause) {
    signal.throwIfAborted()
    throw new CastError('away', `no connection to ${address.host}`, { cause })
  }
}
