import { messageOf, sleep, type Clock, type Network, type SocketAddress } from '@matinee/base'
import { secureShared, streamDuplex } from '@matinee/net'
import { LinkError } from './link-error.ts'
import { markedNonce } from './link-keys.ts'
import type { LinkPlaces } from './link-places.ts'
import { MessageStream } from './message-stream.ts'
import type { RingEntry } from './ring.ts'
import { decodeHere } from './where-message.ts'

/** Questions get lost. */
const ASKED_AT_MS = [0, 300, 900] as const
const ANSWER_MS = 1200
const DIAL_MS = 4000
const PROOF_MS = 6000
/** A whole shelf over a poor network, and no more. */
export const SESSION_MS = 120_000

/** What reaching another computer needs. */
export interface LinkDialerParts {
  readonly network: () => Promise<Network>
  readonly clock: Clock
  readonly places: LinkPlaces
}

type Whose = Pick<RingEntry, 'keys' | 'side'>

/** Finds the other computer of a link or a code in the home network; null = it didn't answer. */
export async function findOther(
  { network, clock, places }: LinkDialerParts,
  whose: Whose,
): Promise<SocketAddress | null> {
  const { datagrams } = await network()
  const question = markedNonce(whose.keys, 'where', whose.side)
  const found = Promise.withResolvers<SocketAddress | null>()
  const binding = places.hosts().map((host) =>
    datagrams.bind({ host, port: 0 }, (bytes, from) => {
      const at = places.mayBeOther(from.host) ? decodeHere(whose, question, bytes, from.host) : null
      if (at !== null) found.resolve(at)
    }),
  )
  // An address that went away meanwhile is asked from no more.
  const sockets = (await Promise.allSettled(binding)).flatMap((each) =>
    each.status === 'fulfilled' ? [each.value] : [],
  )
  try {
    for (const waitMs of ASKED_AT_MS) {
      const answered = await Promise.race([found.promise, sleep(clock, waitMs)])
      if (answered !== undefined) return answered
      for (const socket of sockets) socket.send(question, places.ask, 'own')
    }
    return await Promise.race([found.promise, sleep(clock, ANSWER_MS).then(() => null)])
  } finally {
    for (const socket of sockets) await socket.close()
  }
}

/**
 * Connects to the other computer at `address`, proves the key, and talks. The connection ends with it.
 *
 * Throws {@link LinkError} `not-found`, `not-let-in`, and what `talk` throws.
 */
export async function talkTo(
  { network, clock }: LinkDialerParts,
  whose: Whose,
  address: SocketAddress,
  talk: (messages: MessageStream) => Promise<void>,
): Promise<void> {
  const { dialer } = await network()
  const stream = await dialer
    .dial(address, { learnedFrom: 'user', timeoutMs: DIAL_MS })
    .catch((cause: unknown) => {
      throw new LinkError('not-found', `not reached: ${messageOf(cause)}`, { cause })
    })
  const connection = streamDuplex(stream)
  const deadline = clock.setTimer(SESSION_MS, () => void connection.destroy())
  connection.once('close', () => deadline.cancel())
  connection.write(markedNonce(whose.keys, 'dial', whose.side))
  const proved = await secureShared(connection, {
    key: whose.keys.dial[whose.side],
    side: 'dialer',
    clock,
    timeoutMs: PROOF_MS,
  }).catch((cause: unknown) => {
    throw new LinkError('not-let-in', `not let in: ${messageOf(cause)}`, { cause })
  })
  const messages = new MessageStream(proved)
  try {
    await talk(messages)
  } finally {
    messages.end()
  }
}
