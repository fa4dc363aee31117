import type { DhtAnswer, DhtQuery } from '@matinee/protocol'
import type { SocketAddress } from '@matinee/base'
import type { DhtNode } from './dht-node.ts'
import { CLOSEST_NODES, type Lookup, type LookupNode } from './lookup.ts'

/**
 * Carries out a search: asks whom {@link Lookup} names until nobody nearer is left to ask, or the signal
 * aborts. Never rejects.
 *
 * @param entrance calls `enter` for addresses of which no id is known, and resolves when there are no more;
 *   until then the search isn't over
 * @param onAnswer called for every answer, the late ones of a running search included
 */
export async function runLookup(parts: {
  readonly node: DhtNode
  readonly lookup: Lookup
  readonly query: DhtQuery
  readonly signal: AbortSignal
  readonly onAnswer: (answer: DhtAnswer) => void
  readonly entrance: (enter: (address: SocketAddress) => void) => Promise<void>
}): Promise<void> {
  const { node, lookup, query, signal, onAnswer } = parts
  const { promise, resolve } = Promise.withResolvers<void>()
  let entering = 1
  let isOver = false
  const end = (): void => {
    isOver = true
    signal.removeEventListener('abort', end)
    resolve()
  }
  const onAnswered = (answer: DhtAnswer): void => {
    const isIpv6 = node.family === 'ipv6'
    lookup.hear(answer.nodes.filter(({ address }) => address.host.includes(':') === isIpv6))
    onAnswer(answer)
  }
  const advance = (): void => {
    if (isOver) return
    for (let next = lookup.next(); next; next = lookup.next()) ask(next)
    // Enough have answered: who was to show the way isn't waited for.
    const isEnough = lookup.answeredCount >= CLOSEST_NODES
    if (lookup.isDone && (entering === 0 || isEnough)) end()
  }
  const ask = (asked: LookupNode): void => {
    node.ask(asked.address, query, {
      onSlow: () => {
        lookup.slow(asked)
        advance()
      },
      onOutcome: (outcome) => {
        if (isOver) return
        if (outcome.kind === 'answered') {
          lookup.answered(asked, outcome.answer.token)
          onAnswered(outcome.answer)
        } else lookup.lost(asked)
        advance()
      },
    })
  }
  const enter = (address: SocketAddress): void => {
    if (isOver || lookup.isKnown(address)) return
    entering++
    node.ask(address, query, {
      onOutcome: (outcome) => {
        entering--
        if (isOver) return
        if (outcome.kind === 'answered') {
          lookup.entered({ id: outcome.answer.senderId, address }, outcome.answer.token)
          onAnswered(outcome.answer)
        }
        advance()
      },
    })
  }
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  advance()
  // NOTE: not awaited before `promise`: nodes that are known may end the search's wait for the others.
  void parts.entrance(enter).finally(() => {
    entering--
    advance()
  })
  await promise
}
